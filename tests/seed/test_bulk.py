from graph.engine.folder import Folder
from graph.settings import Settings
from seed import bulk


def test_a_held_folder_is_in_use(settings: Settings) -> None:
    folder = Folder(settings.data_dir.with_name("free"))
    folder.create()
    free = settings.model_copy(update={"data_dir": folder.root})
    assert not bulk.in_use(free)
    with folder.lock():
        assert bulk.in_use(free)
    assert not bulk.in_use(free)

"""The embedded engine: a real Neo4j Community server as a child process, shared by all processes of a data folder.

jar_lockfile  which jars make up the server, with their checksums
jars          their download and verification
folder        where things are in a data folder
java          how the server and its tools are called and configured
supervisor    the process that owns one server for as long as a client holds it
client        this process's hold on a server, which survives whatever is killed
joining       starting a server, or joining the running one
guard         what a store asks before it writes, and tells when the database can no longer write
emptying      recreating the database while others use it
admin         Neo4j's own tools, while no server runs
replacing     replacing the database by imported files
backups       copying the database to one file, and back
repairing     opening a database whose log was cut short
failures      why a start failed, in one sentence each
"""

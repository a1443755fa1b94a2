"""What links custody, checks, applications, services and reports of concern to people and places."""

from __future__ import annotations

from datetime import date

from graph.model.kinds import End, Property, Relationship

_HOUSEHOLD = (
    Property("since", date, "First day in the household, as the application says; unknown sets no limit."),
    Property("until", date, "Last day in it; unknown while it lasts."),
)

SAFEGUARD_RELATIONSHIPS = (
    Relationship(
        "CONCERNS",
        "ConcernReport",
        "Child",
        End("child", "The child whom it concerns.", many=False),
        End("concernReports", "Reports of concern about the child."),
    ),
    *(
        Relationship(
            "NAMES",
            "ConcernReport",
            label,
            End(field, words),
            End("concernReports", "Reports of concern that name it."),
        )
        for label, field, words in (
            ("Sponsor", "sponsors", "Sponsors whom the report names."),
            ("Address", "addresses", "Addresses that the report names."),
            ("Employer", "employers", "Employers whom the report names."),
        )
    ),
    Relationship(
        "REFERRED_TO",
        "ConcernReport",
        "Agency",
        End("referredTo", "Agencies to which the report was referred."),
        End("concernReports", "Reports of concern referred to the agency."),
    ),
    Relationship(
        "HAS_EPISODE",
        "Child",
        "CustodyEpisode",
        End("custodyEpisodes", "The child's stays in federal custody."),
        End("child", "The child in custody.", many=False),
    ),
    Relationship(
        "LIVES_WITH",
        "HouseholdMember",
        "Sponsor",
        End("sponsors", "Sponsors in whose household the adult lives."),
        End("householdMembers", "Adults who live with the sponsor."),
        _HOUSEHOLD,
    ),
    Relationship(
        "HAS_CHECK",
        "Placement",
        "BackgroundCheck",
        End("backgroundChecks", "Background checks made for the placement."),
        End("placement", "The placement for which it was made.", many=False),
    ),
    Relationship(
        "CHECK_OF",
        "BackgroundCheck",
        "Sponsor",
        End("sponsor", "The sponsor who was checked.", many=False),
        End("backgroundChecks", "Background checks of the sponsor."),
    ),
    Relationship(
        "CHECK_OF",
        "BackgroundCheck",
        "HouseholdMember",
        End("householdMember", "The adult of the household who was checked.", many=False),
        End("backgroundChecks", "Background checks of the adult."),
    ),
    Relationship(
        "MADE_APPLICATION",
        "Sponsor",
        "SponsorApplication",
        End("sponsorApplications", "Applications of the sponsor to sponsor a child."),
        End("sponsor", "Who applied.", many=False),
    ),
    Relationship(
        "FOR_CHILD",
        "SponsorApplication",
        "Child",
        End("child", "The child whom the applicant asked to sponsor.", many=False),
        End("sponsorApplications", "Applications to sponsor the child."),
    ),
    Relationship(
        "PRESENTED",
        "Sponsor",
        "IdentityDocument",
        End("identityDocuments", "Identity documents that the sponsor presented."),
        End("sponsors", "Sponsors who presented it."),
    ),
    Relationship(
        "REPRESENTED_BY",
        "Child",
        "Representation",
        End("representations", "Times during which somebody represented the child."),
        End("child", "The child represented.", many=False),
    ),
    Relationship(
        "IN_CASE",
        "Representation",
        "CourtCase",
        End("courtCase", "The case in which the child is represented.", many=False),
        End("representations", "Representation of respondents in the case."),
    ),
    Relationship(
        "HAS_SERVICE",
        "Placement",
        "PostReleaseService",
        End("postReleaseServices", "Services ordered after the release."),
        End("placement", "The placement for which they were ordered.", many=False),
    ),
)

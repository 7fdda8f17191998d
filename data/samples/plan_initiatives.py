"""The fifteen initiatives of the sample district, each with the trap a planner should see, in plain words."""

from typing import Any

from planning.model import Initiative
from planning.vocabulary import InitiativeStatus, InvestmentClass

SCHOOLS = (
    "Aspen Creek Elementary",
    "Bluestem Elementary",
    "Cottonwood Elementary",
    "Larkspur Elementary",
    "Meadowlark Elementary",
    "Red Mesa Elementary",
    "Willow Bend Elementary",
    "Prairie View Middle School",
    "Signal Peak Middle School",
    "Harlow Ridge High School",
)
ELEMENTARY, MIDDLE, HIGH = SCHOOLS[:7], SCHOOLS[7:9], SCHOOLS[9:]
RUN, GROW, TRANSFORM = InvestmentClass.RUN, InvestmentClass.GROW, InvestmentClass.TRANSFORM
IDEA, PROPOSED = InitiativeStatus.IDEA, InitiativeStatus.PROPOSED
APPROVED, UNDERWAY = InitiativeStatus.APPROVED, InitiativeStatus.UNDERWAY
ACADEMICS, OPERATIONS, FINANCE = "Chief academic officer", "Chief operations officer", "Chief financial officer"
THIS_YEAR, NEXT_YEAR = "FY2026-27", "FY2027-28"

Fields = dict[str, Any]

_INITIATIVES: tuple[Fields, ...] = (
    {
        "initiative_id": "student-devices",
        "name": "Student devices",
        "description": "1,200 devices a year keep every student's device under six years old. 3,100 bought with relief "
        "money in 2022 all come due together; replacing them at once would cost $1,357,800. The levy that pays ends "
        "2029-06-30.",
        "sponsor": ACADEMICS,
        "owner": "Technology director",
        "division": "Technology",
        "sites": SCHOOLS,
        "investment_class": RUN,
        "status": UNDERWAY,
        "start": THIS_YEAR,
        "life_years": 10,
    },
    {
        "initiative_id": "wifi",
        "name": "Wi-Fi and switches",
        "description": "$1,118,000 against $937,734 left of the E-Rate category 2 budget for 2026-30: E-Rate at 60 % "
        "pays $562,640.40, the bond $555,359.60. Form 470 must be posted by 2027-01-15; earliest award 2027-02-12. "
        "The donor of the 3D printers also bids.",
        "sponsor": OPERATIONS,
        "owner": "Network manager",
        "division": "Technology",
        "sites": SCHOOLS,
        "investment_class": RUN,
        "status": PROPOSED,
        "start": NEXT_YEAR,
        "life_years": 10,
    },
    {
        "initiative_id": "detection",
        "name": "Detection and response, 24×7",
        "description": "Watches 4,500 computers and servers; the price rises 5 % a year. The state grant of $75,000 "
        "ends 2028-06-30, and from FY2028-29 ($104,186.25) the service has no source.",
        "sponsor": OPERATIONS,
        "owner": "Network manager",
        "division": "Technology",
        "sites": SCHOOLS,
        "investment_class": RUN,
        "status": UNDERWAY,
        "start": THIS_YEAR,
        "life_years": 10,
    },
    {
        "initiative_id": "new-sis",
        "name": "New student information system",
        "description": "Replaces today's system. Needs sign-on by identity first. The multi-year subscription is an "
        "arrangement under GASB 96 (SBITA). Board readings 2027-02-23 and 2027-03-09.",
        "sponsor": ACADEMICS,
        "owner": "Student information manager",
        "division": "Technology",
        "sites": SCHOOLS,
        "investment_class": TRANSFORM,
        "status": PROPOSED,
        "start": NEXT_YEAR,
        "life_years": 7,
        "depends_on": ("identity",),
        "compared_with": "keep-sis",
    },
    {
        "initiative_id": "keep-sis",
        "name": "Keep today's student system",
        "description": "The alternative to the new system. The vendor must have notice by 2027-03-31 or the contract "
        "renews by itself at $74,200 a year.",
        "sponsor": ACADEMICS,
        "owner": "Student information manager",
        "division": "Technology",
        "sites": SCHOOLS,
        "investment_class": RUN,
        "status": UNDERWAY,
        "included": False,
        "start": THIS_YEAR,
        "life_years": 7,
        "excludes": ("new-sis",),
    },
    {
        "initiative_id": "identity",
        "name": "Identity and multifactor sign-on",
        "description": "One sign-on for staff and students. 62 % of staff use a second factor; the insurance pool asks "
        "for all of them.",
        "sponsor": OPERATIONS,
        "owner": "Systems manager",
        "division": "Technology",
        "sites": SCHOOLS,
        "investment_class": RUN,
        "status": UNDERWAY,
        "start": THIS_YEAR,
        "life_years": 10,
        "mandated": True,
    },
    {
        "initiative_id": "literacy",
        "name": "K-5 literacy software",
        "description": "2,880 pupils at $27. Title I may pay only for the 1,690 pupils of the four Title I schools "
        "($45,630). The privacy agreement lapses 2026-12-31, and a $31,200 reading tool does much the same.",
        "sponsor": ACADEMICS,
        "owner": "Elementary curriculum coordinator",
        "division": "Teaching and Learning",
        "sites": ELEMENTARY,
        "investment_class": GROW,
        "status": UNDERWAY,
        "start": THIS_YEAR,
        "life_years": 6,
    },
    {
        "initiative_id": "ai-tutoring",
        "name": "AI tutoring pilot",
        "description": "1,420 middle school pupils at $30. The Title IV-A cap on infrastructure is 15 % of the "
        "technology portion, $7,104, so $35,496 cannot be paid from it. The privacy gate is open; "
        "cabinet takes it up on 2026-12-08.",
        "sponsor": ACADEMICS,
        "owner": "Secondary curriculum coordinator",
        "division": "Teaching and Learning",
        "sites": MIDDLE,
        "investment_class": TRANSFORM,
        "status": IDEA,
        "start": THIS_YEAR,
        "life_years": 1,
    },
    {
        "initiative_id": "panels",
        "name": "Classroom panels",
        "description": "310 interactive panels at $2,950 from the bond, to be spent by 2028-03-12. No goal of the "
        "strategic plan asks for them.",
        "sponsor": ACADEMICS,
        "owner": "Technology director",
        "division": "Technology",
        "sites": SCHOOLS,
        "investment_class": RUN,
        "status": APPROVED,
        "start": NEXT_YEAR,
        "life_years": 8,
    },
    {
        "initiative_id": "cameras",
        "name": "Cameras and door access",
        "description": "The bond pays $742,000 for cameras and doors. It may not pay the storage, $58,000 a year "
        "from the second year, which falls on the general fund.",
        "sponsor": OPERATIONS,
        "owner": "Safety coordinator",
        "division": "Operations",
        "sites": SCHOOLS,
        "investment_class": RUN,
        "status": APPROVED,
        "start": NEXT_YEAR,
        "life_years": 10,
    },
    {
        "initiative_id": "bus-gps",
        "name": "Bus GPS and rider cards",
        "description": "64 buses at $1,200, then $360 a bus each year. Nothing on a bus is eligible for E-Rate. The "
        "levy that pays ends 2029-06-30.",
        "sponsor": OPERATIONS,
        "owner": "Transportation director",
        "division": "Transportation",
        "sites": ("Transportation Center",),
        "investment_class": GROW,
        "status": PROPOSED,
        "start": NEXT_YEAR,
        "life_years": 8,
    },
    {
        "initiative_id": "hotspots",
        "name": "Home hotspots",
        "description": "250 hotspots at $210. Off-campus hotspots are no longer eligible for E-Rate; the foundation "
        "gives $30,000 for two years and $22,500 a year has no source.",
        "sponsor": ACADEMICS,
        "owner": "Family services coordinator",
        "division": "Student Services",
        "sites": SCHOOLS,
        "investment_class": RUN,
        "status": UNDERWAY,
        "start": THIS_YEAR,
        "life_years": 6,
    },
    {
        "initiative_id": "printers",
        "name": "Gift of 3D printers",
        "description": "A supplier offers printers worth $118,000. Running them costs the district $163,400 over five "
        "years, more than they are worth, and the donor also bids on the Wi-Fi.",
        "sponsor": ACADEMICS,
        "owner": "Career and technical coordinator",
        "division": "Teaching and Learning",
        "sites": HIGH,
        "investment_class": GROW,
        "status": IDEA,
        "start": THIS_YEAR,
        "life_years": 5,
    },
    {
        "initiative_id": "coaches",
        "name": "Technology coaches",
        "description": "Three coaches at $96,300 with benefits. Title II-A pays one of them, to 2027-09-30.",
        "sponsor": ACADEMICS,
        "owner": "Professional learning coordinator",
        "division": "Teaching and Learning",
        "sites": SCHOOLS,
        "investment_class": GROW,
        "status": UNDERWAY,
        "start": THIS_YEAR,
        "life_years": 6,
    },
    {
        "initiative_id": "retire-apps",
        "name": "Retire four applications",
        "description": "Four applications that few open: $63,700 a year stays in the general fund once their contracts "
        "end on 2027-06-30.",
        "sponsor": FINANCE,
        "owner": "Technology director",
        "division": "Technology",
        "sites": SCHOOLS,
        "investment_class": RUN,
        "status": PROPOSED,
        "start": NEXT_YEAR,
        "life_years": 6,
    },
)


def build_initiatives() -> tuple[Initiative, ...]:
    """The initiatives in the order a cabinet would read them."""
    return tuple(Initiative(**fields) for fields in _INITIATIVES)

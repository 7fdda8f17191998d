"""Charts of accounts of an invented district, in the shape that its state prints them."""

from dataclasses import dataclass
from random import Random

# Title, then the code in: NCES, Texas, California, Ohio, Washington, Illinois, Oregon, a district's own chart.
_FUNCTIONS = """
Regular Instruction|1000|11|1110|1110|27|1100|1111|A2110
Special Education Instruction|1200|23|1120|1240|21|1200|1220|A2250
Library and Media Services|2220|12|2420|2222|22|2222|2222|A2610
Instructional Staff Training|2213|13|2140|2213|31|2210|2240|A2070
Instruction-Related Technology|2230|53|2450|2234|32|2225|2230|A2630
Guidance Services|2120|31|3110|2120|24|2120|2122|A2810
Health Services|2130|33|3140|2130|26|2130|2134|A2815
School Administration|2410|41|2700|2421|23|2410|2410|A2020
Fiscal Services|2510|41|7300|2510|13|2520|2520|A1310
Operation of Plant|2620|51|8200|2720|64|2540|2542|A1620
Student Transportation|2700|34|3600|2800|52|2550|2552|A5510
Administrative Technology Services|2580|53|7700|2960|72|2660|2660|A1680
"""
_OBJECTS = """
Teacher Salaries|110|6119|1100|111|2|110|111|150
Support Staff Salaries|120|6129|2200|141|3|115|112|160
Health Insurance|210|6142|3400|241|4|222|240|800
Retirement Contributions|230|6146|3100|211|4|211|211|801
Professional Services|330|6219|5800|410|7|310|310|400
Repairs and Maintenance|430|6249|5600|423|7|323|322|410
Utilities|410|6259|5500|451|7|466|325|420
Travel|580|6411|5200|431|8|332|340|450
General Supplies|610|6399|4300|511|5|410|410|500
Textbooks|640|6321|4100|521|5|420|420|480
Technology Supplies|650|6395|4400|516|5|416|460|510
Computer Software|735|6397|5810|644|5|470|470|520
Computer Hardware|734|6398|6400|643|9|541|480|530
Dues and Fees|810|6495|5300|840|7|640|640|540
"""
_SOURCES = """
Property Taxes|1110|5711|8041|1111|1100|1111|1111|R1001
Interest on Investments|1510|5742|8660|1410|2300|1510|1510|R2401
Rentals|1910|5743|8650|1810|2200|1910|1910|R2410
Student Meals|1600|5751|8634|1510|2298|1611|1600|R1440
State Foundation Aid|3100|5812|8011|3110|3100|3001|3101|R3101
State Grants|3200|5829|8590|3220|4100|3100|3299|R3289
Federal Grants through State|4500|5929|8290|4220|6100|4300|4500|R4289
Other Local Revenue|1990|5749|8699|1890|2500|1999|1990|R2770
"""
_FUNDS = """
General Fund|10|199|01|001|1|10|100|GF
Food Service Fund|21|240|13|006|2|15|252|SL
Special Revenue Fund|20|211|12|572|3|11|201|SR
Capital Projects Fund|30|699|21|003|4|60|400|CP
Debt Service Fund|40|599|51|002|5|30|300|DS
Transportation Fund|25|281|15|027|6|40|225|TR
"""
STATES = ("nces", "texas", "california", "ohio", "washington", "illinois", "oregon", "own")


def _read(table: str, state: str) -> tuple[tuple[str, str], ...]:
    """Code and title of every row of a table, as the state prints them."""
    rows = (line.split("|") for line in table.strip().splitlines())
    return tuple((row[1 + STATES.index(state)], row[0]) for row in rows)


@dataclass(frozen=True)
class Chart:
    """The codes of one state."""

    state: str
    funds: tuple[tuple[str, str], ...]
    functions: tuple[tuple[str, str], ...]
    objects: tuple[tuple[str, str], ...]
    sources: tuple[tuple[str, str], ...]

    def write_account(self, fund: str, function: str, object_: str, location: str) -> str:
        """The account string of an expenditure line."""
        return _ACCOUNTS[self.state].format(fund=fund, function=function, object=object_, location=location)

    def write_revenue_account(self, fund: str, source: str) -> str:
        return _REVENUES[self.state].format(fund=fund, source=source)


_ACCOUNTS = {
    "nces": "{fund}.100.{function}.{object}.{location}",
    "texas": "{fund}-{function}-{object}-00-{location}-5-11-000",
    "california": "{fund}-0000-0-1110-{function}-{object}-{location}",
    "ohio": "05-{fund}-0000-{function}-{object}-000000-{location}-00-000",
    "washington": "530-01-{function}-{object}610-0{location}",
    "illinois": "{fund}-{function}-{object}-{location}",
    "oregon": "{fund}-{function}-{object}-{location}-000",
    "own": "{fund}.{function}.{object}.{location}",
}
_REVENUES = {
    "nces": "{fund}.000.{source}",
    "texas": "{fund}-00-{source}-00-000-5-00-000",
    "california": "{fund}-0000-0-0000-0000-{source}-000",
    "ohio": "06-{fund}-0000-{source}-000-000000-000-00-000",
    "washington": "960-00-{source}-0000",
    "illinois": "{fund}-{source}",
    "oregon": "{fund}-R{source}",
    "own": "{fund}.{source}",
}


def choose_chart(rng: Random) -> Chart:
    state = rng.choice(STATES)
    return Chart(state, _read(_FUNDS, state), _read(_FUNCTIONS, state), _read(_OBJECTS, state), _read(_SOURCES, state))

"""Places: cities with their positions, ZIP codes and area codes, and the offices that cover their states."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class City:
    """A city: `zips` ZIP codes from `first_zip` on, and its share of releases as a weight."""

    name: str
    state: str
    latitude: float
    longitude: float
    first_zip: int
    zips: int
    area_code: int
    weight: int


@dataclass(frozen=True, slots=True)
class Offices:
    """The immigration court and the ERO field office that cover a state, by code."""

    court: str
    field_office: str


CITIES = tuple(
    City(*fields)
    for fields in (
        ("Houston", "TX", 29.760, -95.370, 77002, 20, 713, 62),
        ("Dallas", "TX", 32.777, -96.797, 75203, 18, 214, 26),
        ("San Antonio", "TX", 29.424, -98.494, 78201, 16, 210, 10),
        ("Austin", "TX", 30.267, -97.743, 78741, 12, 512, 16),
        ("Irving", "TX", 32.814, -96.949, 75060, 4, 972, 10),
        ("Pasadena", "TX", 29.691, -95.209, 77502, 5, 281, 8),
        ("McAllen", "TX", 26.203, -98.230, 78501, 4, 956, 6),
        ("El Paso", "TX", 31.762, -106.485, 79901, 6, 915, 4),
        ("Los Angeles", "CA", 34.052, -118.244, 90001, 20, 213, 52),
        ("Oakland", "CA", 37.804, -122.271, 94601, 12, 510, 18),
        ("Bakersfield", "CA", 35.373, -119.019, 93301, 9, 661, 8),
        ("Fresno", "CA", 36.738, -119.787, 93702, 6, 559, 6),
        ("San Diego", "CA", 32.716, -117.161, 92101, 12, 619, 9),
        ("San Francisco", "CA", 37.775, -122.419, 94107, 8, 415, 9),
        ("Indio", "CA", 33.721, -116.216, 92201, 3, 760, 5),
        ("Miami", "FL", 25.762, -80.192, 33125, 20, 305, 46),
        ("Lake Worth", "FL", 26.617, -80.072, 33460, 4, 561, 20),
        ("Homestead", "FL", 25.469, -80.478, 33030, 6, 786, 14),
        ("Fort Myers", "FL", 26.640, -81.873, 33901, 9, 239, 10),
        ("Orlando", "FL", 28.538, -81.379, 32801, 12, 407, 14),
        ("Tampa", "FL", 27.951, -82.457, 33602, 16, 813, 12),
        ("Jacksonville", "FL", 30.332, -81.656, 32204, 8, 904, 8),
        ("Brentwood", "NY", 40.781, -73.246, 11717, 1, 631, 20),
        ("Hempstead", "NY", 40.706, -73.619, 11550, 1, 516, 22),
        ("Central Islip", "NY", 40.791, -73.202, 11722, 1, 934, 10),
        ("Brooklyn", "NY", 40.650, -73.950, 11203, 18, 718, 24),
        ("Bronx", "NY", 40.837, -73.865, 10451, 16, 347, 16),
        ("Spring Valley", "NY", 41.113, -74.044, 10977, 1, 845, 9),
        ("Silver Spring", "MD", 38.991, -77.026, 20901, 6, 301, 20),
        ("Hyattsville", "MD", 38.956, -76.945, 20781, 5, 240, 26),
        ("Baltimore", "MD", 39.290, -76.612, 21202, 14, 410, 12),
        ("Washington", "DC", 38.907, -77.037, 20001, 12, 202, 10),
        ("Manassas", "VA", 38.751, -77.475, 20109, 4, 703, 16),
        ("Falls Church", "VA", 38.882, -77.171, 22041, 4, 571, 18),
        ("Richmond", "VA", 37.541, -77.436, 23219, 12, 804, 12),
        ("Elizabeth", "NJ", 40.664, -74.211, 7201, 3, 908, 16),
        ("Trenton", "NJ", 40.221, -74.743, 8608, 4, 609, 14),
        ("Newark", "NJ", 40.736, -74.172, 7102, 8, 973, 12),
        ("Plainfield", "NJ", 40.634, -74.407, 7060, 4, 732, 14),
        ("Norcross", "GA", 33.941, -84.214, 30091, 3, 770, 14),
        ("Atlanta", "GA", 33.749, -84.388, 30308, 14, 404, 16),
        ("Dalton", "GA", 34.770, -84.970, 30720, 2, 706, 8),
        ("Gainesville", "GA", 34.298, -83.824, 30501, 7, 470, 10),
        ("Charlotte", "NC", 35.227, -80.843, 28202, 16, 704, 22),
        ("Raleigh", "NC", 35.780, -78.638, 27601, 10, 919, 10),
        ("Greensboro", "NC", 36.073, -79.792, 27401, 8, 336, 8),
        ("Nashville", "TN", 36.163, -86.781, 37203, 12, 615, 20),
        ("Memphis", "TN", 35.150, -90.049, 38103, 14, 901, 12),
        ("Chattanooga", "TN", 35.046, -85.309, 37402, 9, 423, 6),
        ("New Orleans", "LA", 29.951, -90.072, 70112, 14, 504, 14),
        ("Kenner", "LA", 29.994, -90.242, 70062, 4, 985, 12),
        ("Baton Rouge", "LA", 30.451, -91.187, 70801, 12, 225, 12),
        ("Chicago", "IL", 41.878, -87.630, 60608, 20, 773, 18),
        ("Boston", "MA", 42.360, -71.059, 2118, 12, 617, 8),
        ("Lynn", "MA", 42.467, -70.950, 1901, 5, 781, 10),
        ("New Bedford", "MA", 41.636, -70.934, 2740, 7, 508, 6),
        ("Providence", "RI", 41.824, -71.413, 2903, 7, 401, 8),
        ("Bridgeport", "CT", 41.179, -73.189, 6604, 7, 203, 8),
        ("New Haven", "CT", 41.308, -72.928, 6510, 6, 475, 6),
        ("Philadelphia", "PA", 39.953, -75.165, 19120, 16, 215, 14),
        ("Reading", "PA", 40.336, -75.927, 19601, 6, 610, 6),
        ("Columbus", "OH", 39.961, -82.999, 43201, 12, 614, 12),
        ("Cincinnati", "OH", 39.103, -84.512, 45202, 14, 513, 8),
        ("Indianapolis", "IN", 39.768, -86.158, 46201, 14, 317, 16),
        ("Detroit", "MI", 42.331, -83.046, 48201, 12, 313, 6),
        ("Grand Rapids", "MI", 42.963, -85.668, 49503, 6, 616, 4),
        ("Milwaukee", "WI", 43.039, -87.907, 53202, 12, 414, 4),
        ("Omaha", "NE", 41.257, -95.934, 68104, 12, 402, 7),
        ("Des Moines", "IA", 41.587, -93.625, 50309, 8, 515, 6),
        ("Minneapolis", "MN", 44.978, -93.265, 55404, 12, 612, 8),
        ("Kansas City", "MO", 39.100, -94.579, 64123, 9, 816, 7),
        ("Wichita", "KS", 37.687, -97.330, 67202, 10, 316, 4),
        ("Denver", "CO", 39.739, -104.990, 80202, 12, 303, 8),
        ("Aurora", "CO", 39.729, -104.832, 80010, 8, 720, 7),
        ("Phoenix", "AZ", 33.448, -112.074, 85003, 16, 602, 10),
        ("Las Vegas", "NV", 36.170, -115.140, 89101, 12, 702, 7),
        ("Salt Lake City", "UT", 40.761, -111.891, 84101, 10, 801, 6),
        ("Seattle", "WA", 47.606, -122.332, 98101, 12, 206, 9),
        ("Yakima", "WA", 46.602, -120.506, 98901, 3, 509, 4),
        ("Portland", "OR", 45.505, -122.675, 97201, 12, 503, 6),
        ("Albuquerque", "NM", 35.084, -106.650, 87102, 8, 505, 3),
        ("Oklahoma City", "OK", 35.468, -97.516, 73102, 12, 405, 9),
        ("Birmingham", "AL", 33.519, -86.810, 35203, 12, 205, 8),
        ("Albertville", "AL", 34.268, -86.209, 35950, 2, 256, 8),
        ("Greenville", "SC", 34.853, -82.394, 29601, 9, 864, 8),
        ("Columbia", "SC", 34.000, -81.035, 29201, 6, 803, 6),
        ("Louisville", "KY", 38.253, -85.759, 40202, 12, 502, 9),
        ("Springdale", "AR", 36.187, -94.129, 72762, 3, 479, 7),
        ("Jackson", "MS", 32.299, -90.185, 39201, 9, 601, 6),
        ("Wilmington", "DE", 39.746, -75.547, 19801, 5, 302, 4),
        ("Georgetown", "DE", 38.690, -75.385, 19947, 1, 327, 5),
        ("Honolulu", "HI", 21.307, -157.858, 96813, 6, 808, 1),
    )
)

COURTS = {
    "HOU": "Houston",
    "LOS": "Los Angeles",
    "SFR": "San Francisco",
    "MIA": "Miami",
    "NYC": "New York City",
    "BAL": "Baltimore",
    "ANN": "Annandale",
    "NEW": "Newark",
    "ATL": "Atlanta",
    "CHL": "Charlotte",
    "MEM": "Memphis",
    "NOL": "New Orleans",
    "CHI": "Chicago",
    "BOS": "Boston",
    "HAR": "Hartford",
    "PHI": "Philadelphia",
    "CLE": "Cleveland",
    "DET": "Detroit",
    "OMA": "Omaha",
    "BLM": "Fort Snelling",
    "KAN": "Kansas City",
    "DEN": "Denver",
    "PHO": "Phoenix",
    "LVG": "Las Vegas",
    "SLC": "Salt Lake City",
    "SEA": "Seattle",
    "POO": "Portland",
    "ELP": "El Paso",
    "HON": "Honolulu",
}
"""Immigration courts by EOIR's code."""

FIELD_OFFICES = {
    "ATL": "Atlanta",
    "BAL": "Baltimore",
    "BOS": "Boston",
    "CHI": "Chicago",
    "DAL": "Dallas",
    "DEN": "Denver",
    "DET": "Detroit",
    "ELP": "El Paso",
    "HOU": "Houston",
    "LOS": "Los Angeles",
    "MIA": "Miami",
    "NEW": "Newark",
    "NOL": "New Orleans",
    "NYC": "New York City",
    "PHI": "Philadelphia",
    "PHO": "Phoenix",
    "SEA": "Seattle",
    "SFR": "San Francisco",
    "SLC": "Salt Lake City",
    "SPM": "St. Paul",
    "WAS": "Washington",
}
"""ERO field offices."""

OFFICES = {
    state: Offices(court, field_office)
    for states, court, field_office in (
        ("TX", "HOU", "HOU"),
        ("NM", "ELP", "ELP"),
        ("OK", "KAN", "DAL"),
        ("CA", "LOS", "LOS"),
        ("HI", "HON", "SFR"),
        ("FL", "MIA", "MIA"),
        ("NY", "NYC", "NYC"),
        ("MD", "BAL", "BAL"),
        ("DC VA", "ANN", "WAS"),
        ("NJ", "NEW", "NEW"),
        ("GA AL", "ATL", "ATL"),
        ("NC SC", "CHL", "ATL"),
        ("TN KY AR", "MEM", "NOL"),
        ("LA MS", "NOL", "NOL"),
        ("IL IN WI", "CHI", "CHI"),
        ("MA RI", "BOS", "BOS"),
        ("CT", "HAR", "BOS"),
        ("PA DE", "PHI", "PHI"),
        ("OH", "CLE", "DET"),
        ("MI", "DET", "DET"),
        ("NE IA", "OMA", "SPM"),
        ("MN", "BLM", "SPM"),
        ("MO KS", "KAN", "CHI"),
        ("CO", "DEN", "DEN"),
        ("AZ", "PHO", "PHO"),
        ("NV", "LVG", "SLC"),
        ("UT", "SLC", "SLC"),
        ("WA", "SEA", "SEA"),
        ("OR", "POO", "SEA"),
    )
    for state in states.split()
}

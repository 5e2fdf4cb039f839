"""What the generated month is written with: actors, sources, types with their weights, words in two languages."""

# In order of how often they are in the news; weights fall with the rank.
ACTORS = (
    "USA", "RUS", "UKR", "CHN", "ISR", "IRN", "DEU", "FRA", "GBR", "EU", "NATO", "TUR", "IND", "POL", "SAU", "JPN",
    "KOR", "PRK", "PSE", "HAMAS", "SYR", "LBN", "HEZBOLLAH", "YEM", "HOUTHIS", "EGY", "QAT", "ARE", "ITA", "ESP",
    "HUN", "SRB", "XKX", "BLR", "GEO", "ARM", "AZE", "KAZ", "PAK", "AFG", "TALIBAN", "TWN", "PHL", "VNM", "AUS",
    "CAN", "MEX", "BRA", "ARG", "VEN", "COL", "CUB", "ZAF", "NGA", "ETH", "ERI", "SDN", "RSF", "COD", "RWA", "M23",
    "MLI", "LBY", "DZA", "MAR", "UN",
)  # fmt: skip

# Names made up from the id, so that each belongs to one side: two people and three places each.
LEADERS = {name: (f"{name.title()}ov Alpha", f"{name.title()}ova Beta") for name in ACTORS}
PLACES = {name: tuple(f"{name.title()}{end}" for end in ("burg", "ville", "stadt")) for name in ACTORS}

# Language and weight: seven German and five English publishers.
SOURCES = {
    "abendbote.example": ("de", 9), "elbkurier.example": ("de", 7), "tagesblatt.example": ("de", 10),
    "rheinpost.example": ("de", 6), "nordfunk.example": ("de", 12), "alpenzeitung.example": ("de", 4),
    "hafenblick.example": ("de", 3), "worldwire.example": ("en", 14), "dailyledger.example": ("en", 10),
    "globalpost.example": ("en", 8), "islandnews.example": ("en", 6), "citycourier.example": ("en", 4),
}  # fmt: skip

TYPES = {
    "leader_call": 8, "leader_meeting": 9, "negotiation": 8, "negotiation_offer": 5, "agreement": 5, "support": 5,
    "concession": 2, "arms_delivery": 6, "aid": 4, "ceasefire": 3, "prisoner_exchange": 2, "troop_withdrawal": 2,
    "peace_call": 4, "demand": 7, "accusation": 9, "rejection": 5, "threat": 5, "arms_delivery_pause": 2,
    "sanctions": 6, "diplomatic_break": 2, "mobilization": 5, "attack": 12, "coercion": 4, "protest": 2,
}  # fmt: skip

# What a coder takes each type for when it errs.
CONFUSED = {
    "leader_call": "negotiation", "leader_meeting": "negotiation", "negotiation": "leader_meeting",
    "negotiation_offer": "peace_call", "agreement": "negotiation", "support": "agreement", "concession": "support",
    "arms_delivery": "aid", "aid": "arms_delivery", "ceasefire": "peace_call", "prisoner_exchange": "agreement",
    "troop_withdrawal": "mobilization", "peace_call": "demand", "demand": "accusation", "accusation": "demand",
    "rejection": "accusation", "threat": "demand", "arms_delivery_pause": "rejection", "sanctions": "threat",
    "diplomatic_break": "rejection", "mobilization": "attack", "attack": "coercion", "coercion": "attack",
    "protest": "accusation",
}  # fmt: skip

_STEMS = {
    "energy": (("gas", "pipeline", "electricity", "reactor"), ("Gas", "Leitung", "Strom", "Reaktor")),
    "grain": (("grain", "harvest", "wheat", "silo"), ("Getreide", "Ernte", "Weizen", "Silo")),
    "prisoners": (("captives", "jail", "release", "lists"), ("Gefangene", "Haft", "Freilassung", "Listen")),
    "border": (("border", "fence", "crossing", "patrol"), ("Grenze", "Zaun", "Übergang", "Streife")),
    "nuclear": (("uranium", "inspectors", "enrichment", "warhead"), ("Uran", "Inspekteure", "Zentrifugen", "Kopf")),
    "trade": (("tariffs", "exports", "steel", "market"), ("Zölle", "Ausfuhr", "Stahl", "Markt")),
    "sea": (("strait", "tanker", "harbour", "navy"), ("Meerenge", "Tanker", "Hafen", "Marine")),
    "air": (("airspace", "drones", "radar", "fighter"), ("Luftraum", "Drohnen", "Radar", "Kampfjet")),
    "money": (("loan", "billions", "fund", "budget"), ("Kredit", "Milliarden", "Fonds", "Haushalt")),
    "front": (("trenches", "offensive", "artillery", "village"), ("Gräben", "Offensive", "Artillerie", "Dorf")),
    "refugees": (("refugees", "camps", "asylum", "shelter"), ("Flüchtlinge", "Lager", "Asyl", "Unterkunft")),
    "elections": (("ballot", "observers", "turnout", "campaign"), ("Wahl", "Beobachter", "Stimmen", "Wahlkampf")),
}
TOPICS = {name: {"en": list(en), "de": list(de)} for name, (en, de) in _STEMS.items()}

SENTENCES = {
    "en": (
        "{who}: {type} in {place} over {a} and {b}, officials said.",
        "After hours of work the {type} was about {a}; {who} spoke of {b}.",
        "{who} in the news again: {type}, with {a} and {b} at its heart.",
        "Reports from {place} name {a} as the reason for the {type} ({who}).",
    ),
    "de": (
        "{who}: {type} in {place} wegen {a} und {b}, hieß es aus Regierungskreisen.",
        "Nach langer Vorbereitung ging es beim {type} um {a}; {who} sprach von {b}.",
        "{who} erneut in den Nachrichten: {type}, im Mittelpunkt {a} und {b}.",
        "Berichte aus {place} nennen {a} als Grund für {type} ({who}).",
    ),
}

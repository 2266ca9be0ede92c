"""Ranks of civil servants as papers print them (domain: pangkat and golongan ruang)."""

RANKS = {
    "I/A": "Juru Muda",
    "I/B": "Juru Muda Tingkat I",
    "I/C": "Juru",
    "I/D": "Juru Tingkat I",
    "II/A": "Pengatur Muda",
    "II/B": "Pengatur Muda Tingkat I",
    "II/C": "Pengatur",
    "II/D": "Pengatur Tingkat I",
    "III/A": "Penata Muda",
    "III/B": "Penata Muda Tingkat I",
    "III/C": "Penata",
    "III/D": "Penata Tingkat I",
    "IV/A": "Pembina",
    "IV/B": "Pembina Tingkat I",
    "IV/C": "Pembina Utama Muda",
    "IV/D": "Pembina Utama Madya",
    "IV/E": "Pembina Utama",
}
PPPK_GRADES = frozenset("I II III IV V VI VII VIII IX X XI XII XIII XIV XV XVI XVII".split())


def grade_with_rank(grade):
    """What is printed for a golongan: "Penata Muda, III/a" for PNS, "Golongan IX" for PPPK.

    A PPPK grade has no pangkat. An empty golongan stays empty, and one that neither table knows
    is printed as it stands in the roster.
    """
    key = grade.strip().upper()
    if key in RANKS:
        level, room = key.split("/")
        return f"{RANKS[key]}, {level}/{room.lower()}"
    if key in PPPK_GRADES:
        return f"Golongan {key}"
    return grade.strip()

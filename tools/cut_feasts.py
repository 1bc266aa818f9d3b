"""Computes the dates of moving feasts of other calendars for 2010 to 2036. Run by hand; the result is committed.

    python tools/cut_feasts.py

Uses the calendars of the installed package holidays (MIT), whose Islamic dates are the announced or astronomically estimated
ones: a feast may be a day off from place to place. The Hindu dates of the package end with 2035.
Writes `rtm_gate/vocabulary/data/feasts.tsv`.
"""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

from holidays import calendars as all_calendars

OUT = Path(__file__).resolve().parents[1] / "rtm_gate" / "vocabulary" / "data" / "feasts.tsv"
YEARS = range(2010, 2037)


def yom_hashoah(passover: date) -> date:
    """27 Nisan, moved off the borders of the Sabbath: Friday -> Thursday, Sunday -> Monday."""
    day = passover + timedelta(days=12)
    return day + timedelta(days={4: -1, 6: 1}.get(day.weekday(), 0))


def easter(year: int) -> date:
    """Easter Sunday of the western churches (the algorithm of Meeus, Jones and Butcher)."""
    golden, century, rest = year % 19, year // 100, year % 100
    correction = century - century // 4 - (century - (century + 8) // 25 + 1) // 3
    moon = (19 * golden + correction + 15) % 30
    sunday = (32 + 2 * (century % 4) + 2 * (rest // 4) - moon - rest % 4) % 7
    days = moon + sunday - 7 * ((golden + 11 * moon + 22 * sunday) // 451) + 114
    return date(year, days // 31, days % 31 + 1)


def orthodox_easter(year: int) -> date:
    """Easter Sunday by the Julian calendar, as a date of ours (13 days later until 2099; Meeus)."""
    moon = (19 * (year % 19) + 15) % 30
    days = moon + (2 * (year % 4) + 4 * (year % 7) - moon + 34) % 7 + 114
    return date(year, days // 31, days % 31 + 1) + timedelta(days=13)


def tu_bishvat(passover: date) -> date:
    """15 Shvat: two months before Passover, three when the year has a second Adar (7 years in 19)."""
    leap = (7 * (passover.year + 3760) + 1) % 19 < 7
    return passover - timedelta(days=89 if leap else 59)


def first(value: Any) -> date | None:
    """The calendars answer with a date, or a date and whether it is certain."""
    day = value[0] if isinstance(value, tuple) else value
    return day if isinstance(day, date) else None


def main() -> None:
    calendars: Any = all_calendars
    islamic, hebrew, hindu = calendars._IslamicLunar(), calendars._HebrewLunisolar(), calendars._HinduLunisolar()
    chinese, buddhist, persian = calendars._ChineseLunisolar(), calendars._BuddhistLunisolar(), calendars._Persian()
    thai, tibetan, balinese = calendars._ThaiLunisolar(), calendars._TibetanLunisolar(), calendars._BalineseSakaLunar()
    found: dict[str, set[date]] = {}

    def note(name: str, day: date | None) -> None:
        if day is not None and day.year in YEARS:
            found.setdefault(name, set()).add(day)

    for year in YEARS:
        for name, days in (
            ("ramadan", islamic.ramadan_beginning_dates(year)),
            ("eid_al_fitr", islamic.eid_al_fitr_dates(year)),
            ("eid_al_adha", islamic.eid_al_adha_dates(year)),
            ("ashura", islamic.ashura_dates(year)),
            ("mawlid", islamic.mawlid_dates(year)),
            ("hijri_new_year", islamic.hijri_new_year_dates(year)),
            ("arbaeen", islamic.arbaeen_dates(year)),
            ("isra_miraj", islamic.isra_and_miraj_dates(year)),
            ("laylat_al_qadr", islamic.laylat_al_qadr_dates(year)),
            ("guru_gobind_singh", hindu.guru_gobind_singh_jayanti_date(year)),
        ):
            for answer in days:
                note(name, first(answer))
        passover = first(hebrew.passover_date(year))
        assert passover is not None
        note("passover", passover)
        note("tu_bishvat", tu_bishvat(passover))
        note("purim", first(hebrew.purim_date(year)))
        note("lag_baomer", first(hebrew.lag_baomer_date(year)))
        note("shavuot", first(hebrew.shavuot_date(year)))
        note("sukkot", first(hebrew.sukkot_date(year)))
        note("yom_hashoah", yom_hashoah(passover))
        independence = first(hebrew.israel_independence_date(year))
        note("yom_hazikaron", independence and independence - timedelta(days=1))
        note("yom_haatzmaut", independence)
        note("tisha_bav", first(hebrew.tisha_bav_date(year)))
        note("rosh_hashanah", first(hebrew.rosh_hashanah_date(year)))
        note("yom_kippur", first(hebrew.yom_kippur_date(year)))
        for answer in hebrew.hanukkah_date(year) or ():
            note("hanukkah", first(answer))
        note("diwali", first(hindu.diwali_india_date(year)))
        note("holi", first(hindu.holi_date(year)))
        note("guru_nanak", first(hindu.guru_nanak_jayanti_date(year)))
        note("raksha_bandhan", first(hindu.raksha_bandhan_date(year)))
        note("janmashtami", first(hindu.janmashtami_date(year)))
        note("ganesh_chaturthi", first(hindu.ganesh_chaturthi_date(year)))
        note("navratri", first(hindu.sharad_navratri_date(year)))
        note("chaitra_navratri", first(hindu.chaitra_navratri_date(year)))
        note("dussehra", first(hindu.dussehra_date(year)))
        note("karva_chauth", first(hindu.karwa_chauth_date(year)))
        note("chhath", first(hindu.chhath_puja_date(year)))
        note("makar_sankranti", first(hindu.makar_sankranti_date(year)))
        note("pongal", first(hindu.pongal_date(year)))
        note("thaipusam", first(hindu.thaipusam_date(year)))
        note("maha_shivaratri", first(hindu.maha_shivaratri_date(year)))
        note("gudi_padwa", first(hindu.gudi_padwa_date(year)))
        note("ram_navami", first(hindu.ram_navami_date(year)))
        note("mahavir_jayanti", first(hindu.mahavir_jayanti_date(year)))
        note("vaisakhi", first(hindu.vaisakhi_date(year)))
        note("onam", first(hindu.onam_date(year)))
        note("nyepi", first(balinese.nyepi_date(year)))
        note("losar", first(tibetan.losar_date(year)))
        note("loy_krathong", first(thai.loy_krathong_date(year)))
        note("lunar_new_year", first(chinese.lunar_new_year_date(year)))
        note("qingming", first(chinese.qingming_date(year)))
        note("dragon_boat", first(chinese.dragon_boat_date(year)))
        note("buddha_birthday", first(chinese.buddha_birthday_date(year)))
        note("mid_autumn", first(chinese.mid_autumn_date(year)))
        note("vesak", first(buddhist.vesak_date(year)))
        note("nowruz", first(persian.new_year_date(year)))
        note("easter", easter(year))
        note("orthodox_easter", orthodox_easter(year))
    lines = [f"{name}\t{' '.join(day.isoformat() for day in sorted(days))}" for name, days in sorted(found.items())]
    OUT.write_text(
        "# First days of moving feasts, computed by tools/cut_feasts.py from the calendars of holidays (MIT)\n" + "\n".join(lines) + "\n", encoding="utf-8"
    )
    for name, days in sorted(found.items()):
        print(name, len(days), min(days), max(days))


if __name__ == "__main__":
    main()

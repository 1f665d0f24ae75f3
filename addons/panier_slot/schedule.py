"""From a weekly pattern to slots: plain Python, no ORM (law 4, ADR 0011).

Hours are wall-clock times of a place, in hours as floats (9.5 = 9:30, 24 = midnight at the end of the day). What comes
out is naive UTC, as Odoo stores it.

The two nights with a clock change:

* clocks go forward: a slot of which any part falls in the hour that does not exist is left out;
* clocks go back: a slot of the repeated hour takes place once, the first time, and lasts as long as any other.
"""

from datetime import datetime, time, timedelta, timezone
from typing import NamedTuple
from zoneinfo import ZoneInfo

MINUTE = timedelta(minutes=1)


class Opening(NamedTuple):
    """Hours of a weekday (0 = Monday). Capacities: None = those of the place."""

    weekday: int
    hour_from: float
    hour_to: float
    capacity: int | None = None
    load_capacity: int | None = None


class Exceptional(NamedTuple):
    """Hours closed or open in spite of the pattern, from day `date_from` to `date_to`, both included."""

    date_from: object
    date_to: object
    is_open: bool
    hour_from: float = 0.0
    hour_to: float = 24.0
    reason: str = ""
    capacity: int | None = None
    load_capacity: int | None = None


class Slot(NamedTuple):
    """One slot, in naive UTC. `closed`: the exceptional closure it falls in, or None."""

    start: datetime
    stop: datetime
    capacity: int | None = None
    load_capacity: int | None = None
    closed: Exceptional | None = None


def day_slots(day, openings, exceptionals, slot_minutes, tz):
    """The slots of a local day, in order, none overlapping another.

    Exceptional hours go before the weekly pattern where both are open, and open a day closed by another exception:
    "closed all day" with "open 9:00 to 12:00" means open in the morning only. Whole slots are cut from the beginning
    of each range; a rest shorter than a slot is left. A closure moves no slot and closes each one it touches.

    :param date day: local day
    :param list[Opening] openings: weekly pattern
    :param list[Exceptional] exceptionals:
    :param int slot_minutes: length of a slot
    :param str tz: IANA name of the place's time zone
    :rtype: list[Slot]
    """
    ours = [exceptional for exceptional in exceptionals if exceptional.date_from <= day <= exceptional.date_to]
    extra = [exceptional for exceptional in ours if exceptional.is_open]
    closures = [exceptional for exceptional in ours if not exceptional.is_open]
    weekly = [opening for opening in openings if opening.weekday == day.weekday()]
    taken = []
    for ranges, may_close in ((extra, False), (weekly, True)):
        for hours in sorted(ranges, key=lambda hours: hours.hour_from):
            for begin, end in _cut(hours, slot_minutes):
                if any(begin < other_end and other_begin < end for other_begin, other_end, *__ in taken):
                    continue
                closed = may_close and _closure(closures, begin, end) or None
                taken.append((begin, end, hours.capacity, hours.load_capacity, closed))
    slots = []
    for begin, end, *rest in sorted(taken, key=lambda item: item[:2]):
        span = _span(day, begin, end, ZoneInfo(tz))
        if span:
            slots.append(Slot(*span, *rest))
    return slots


def closure_of(start, stop, exceptionals, tz):
    """The exceptional closure that a slot made by hand falls in, None if there is none or the day is opened again.

    :param datetime start: naive UTC, as `stop`
    :rtype: Exceptional
    """
    wall = to_local(start, tz)
    begin = wall.hour * 60 + wall.minute
    end = begin + (stop - start) // MINUTE
    ours = [exceptional for exceptional in exceptionals if exceptional.date_from <= wall.date() <= exceptional.date_to]
    if any(hours.is_open and minutes(hours.hour_from) <= begin and end <= minutes(hours.hour_to) for hours in ours):
        return None
    return _closure([hours for hours in ours if not hours.is_open], begin, end)


def minutes(hour):
    """9.5 → 570, rounded to the minute: floats from a form are rarely exact."""
    return round(hour * 60)


def wall_to_utc(day, hour, tz):
    """The instant of a wall-clock hour of a local day, as naive UTC.

    A time that does not exist is read with the offset before the change (2:30 → what follows as 3:30); one that comes
    twice is the first.
    """
    return _utc(day, minutes(hour), ZoneInfo(tz))


def cut_off(start, lead_hours, last_order_hour, tz):
    """Until when a slot can be ordered (mission A6): `lead_hours` before, or the last order of its day if sooner.

    :param datetime start: of the slot, naive UTC
    :param float lead_hours: elapsed hours, whatever the clocks do
    :param float last_order_hour: wall-clock hour of the slot's local day; 0 = none
    :rtype: datetime
    """
    before = start - timedelta(hours=lead_hours)
    if not last_order_hour:
        return before
    return min(before, wall_to_utc(local_day(start, tz), last_order_hour, tz))


def local_day(moment, tz):
    """:return: the local date of a naive UTC datetime"""
    return to_local(moment, tz).date()


def to_local(moment, tz):
    """:return: a naive UTC datetime as an aware one in `tz`"""
    return moment.replace(tzinfo=timezone.utc).astimezone(ZoneInfo(tz))


def _cut(hours, slot_minutes):
    begin, last = minutes(hours.hour_from), minutes(hours.hour_to)
    while slot_minutes > 0 and begin + slot_minutes <= last:
        yield begin, begin + slot_minutes
        begin += slot_minutes


def _closure(closures, begin, end):
    return next(
        (closure for closure in closures if begin < minutes(closure.hour_to) and minutes(closure.hour_from) < end),
        None,
    )


def _utc(day, minute, zone):
    wall = datetime.combine(day, time.min) + minute * MINUTE
    return wall.replace(tzinfo=zone, fold=0).astimezone(timezone.utc).replace(tzinfo=None)


def _span(day, begin, end, zone):
    """:return: ``(start, stop)`` in naive UTC, None if part of it does not exist"""
    start = _utc(day, begin, zone)
    stop = start + (end - begin) * MINUTE
    midnight = datetime.combine(day, time.min)
    for moment, minute in ((start, begin), (stop - MINUTE, end - 1)):
        wall = moment.replace(tzinfo=timezone.utc).astimezone(zone).replace(tzinfo=None)
        if wall > midnight + minute * MINUTE:
            return None
    return start, stop

"""Read invitations told as nouns: "has an invitation to Oslo", "extended an invitation to X to visit", "accepted it"."""

from __future__ import annotations

from dataclasses import replace

from summitry.extract.arguments import Host
from summitry.extract.telling import Teller
from summitry.extract.verbs import verb_before


class InvitationReader(Teller):
    """The part of a sentence reader that reads the noun "invitation" where no verb of travel tells who is to go."""

    def _invitation(self, k: int) -> None:
        """An invitation with its guest after "to" or as the one who has it; or one that is taken up or turned down."""
        view, words = self.view, self.words
        giving = verb_before(self.groups, k)
        if giving is not None and self._answered(giving.head, k):
            return
        end = self.arguments.clause_end(k)
        travel = next((g for h, g in self.groups.items() if h > k and "infinitive" in g.cues and h < k + 14), None)
        after = self.groups[travel.head] if travel is not None else None
        guests = self._guests(k, end if after is None else after.first)
        if not guests and after is not None:
            given = next(
                (g for h, g in self.groups.items() if h > after.head and g.cues & {"passive", "reduced"}), None
            )
            guests = self.arguments.led_people(given.head + 1, len(view), frozenset({"to"})) if given else []
        if not guests and giving is not None and view.lemma(giving.head) in words.of("invitation", "held"):
            guests = self.arguments.subject(giving)
        guests = [g for g in guests if view.person(g) is not None]
        if not guests:
            return
        givers = self._givers(k, [] if giving is None else self.arguments.subject(giving), guests)
        hosts: list[Host] = []
        if after is not None:
            stop = self.arguments.clause_end(after.head)
            hosts = self.arguments.hosts(after.head + 1, stop, ("object", "in", "to", "at"))
        hosts = hosts or self.arguments.hosts(k + 1, end, ("to",)) or self._homes(givers)
        trigger = words.verbs["invite"][0]
        names = [key for g in givers if (p := view.person(g)) for key in p.people]
        times = (k,) if after is None else (k, after.head)
        cues = frozenset({"proposed", "invited"})
        if hosts:
            self._emit(guests, hosts, k, trigger, cues, inviter=names[0] if names else None, times=times, group=k)

    def _guests(self, k: int, stop: int) -> list[int]:
        """The people led to by "to" or "for" right after the noun, or to whom it was "extended" or "sent"."""
        found = self.arguments.led_people(k + 1, min(stop, k + 3), frozenset({"to", "for"}))
        if found:
            return found
        given = next((g for h, g in self.groups.items() if h > k and g.cues & {"passive", "reduced"}), None)
        if given is None:
            return []
        return self.arguments.led_people(given.head + 1, self.arguments.clause_end(given.head), frozenset({"to"}))

    def _givers(self, k: int, subject: list[int], guests: list[int]) -> list[int]:
        """Whose invitation it is: "his", "X's", "from X", else the subject of the verb that gives it."""
        view = self.view
        for m in range(k - 1, max(k - 6, -1), -1):
            if view.person(m) is not None and view.possessive(m) and m not in guests:
                return [m]
        told = self.arguments.led_people(k + 1, min(len(view), k + 12), frozenset({"from", "by"}))
        return told or [s for s in subject if s not in guests]

    def _answered(self, h: int, k: int) -> bool:
        """ "Accepted the invitation": the one told just before is taken up, or turned down."""
        view, words = self.view, self.words
        lemma = view.lemma(h)
        taken = lemma in words.of("invitation", "accepted")
        if not taken and lemma not in words.of("invitation", "declined"):
            return False
        last = self.sightings[-1] if self.sightings else self.latest
        if last is None or last.act != "invite" or last.sentence < view.number - 2:
            hosts = self.arguments.hosts(k + 1, self.arguments.clause_end(k), ("to",))
            if taken and hosts and "negated" not in self.groups[h].cues:  # "has accepted an invitation to Oslo"
                trigger, cues = words.verbs["invite"][0], frozenset({"planned"})
                self._emit(self.arguments.subject(self.groups[h]), hosts, k, trigger, cues, times=(k, h), group=k)
            elif not taken and hosts and "negated" not in self.groups[h].cues:  # "turned down an invitation to Oslo"
                trigger, cues = words.verbs["invite"][0], frozenset({"ruled_out"})
                self._emit(self.arguments.subject(self.groups[h]), hosts, k, trigger, cues, times=(k,), group=k)
            return True
        named = [m for s in self.arguments.subject(self.groups[h]) if (m := view.person(s)) and m.form != "pronoun"]
        if named and not any(last.visitor in m.people for m in named):
            return True  # a pronoun means the guest: nobody answers his own invitation
        cues = frozenset({"planned" if taken else "ruled_out"})
        span = view.units[k].span
        self.sightings.append(
            replace(last, sentence=view.number, cues=cues, span=span, group=k, moments=(), context=())
        )
        return True

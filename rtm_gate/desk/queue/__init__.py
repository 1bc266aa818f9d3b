"""The queue of drafts that wait to be published.

How a draft is judged, and what the news has come to, others say: a `Judge` and an epoch are handed in.
"""

from rtm_gate.desk.queue.answers import Judge, Judgement
from rtm_gate.desk.queue.changes import Change
from rtm_gate.desk.queue.drafts import draft_of, opt_out_of
from rtm_gate.desk.queue.queue import Added, Queue
from rtm_gate.desk.queue.replies import Reply
from rtm_gate.desk.queue.sweep import Swept

__all__ = ["Added", "Change", "Judge", "Judgement", "Queue", "Reply", "Swept", "draft_of", "opt_out_of"]

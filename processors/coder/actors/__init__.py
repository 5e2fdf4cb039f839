"""Who acts: states, organisations, armed groups and the people who act for them, found in text.

`load_actors` reads the tables of config/actors once; `find_actors` finds their actors in a text, with the ids of the
contract, resolving people who are in no table from the text itself.
"""

from processors.coder.actors.model import ActorContext, ActorKind, ActorSpan
from processors.coder.actors.recognise import find_actors, find_pronouns
from processors.coder.actors.table import ActorTable, load_actors

__all__ = ["ActorContext", "ActorKind", "ActorSpan", "ActorTable", "find_actors", "find_pronouns", "load_actors"]

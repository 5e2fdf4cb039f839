"""The guarded HTTP client. httpx stays here."""

from processors.fetch.client import Client, Response
from processors.fetch.hosts import HostStore, MemoryHosts, RobotsRecord, Turn

__all__ = ["Client", "HostStore", "MemoryHosts", "Response", "RobotsRecord", "Turn"]

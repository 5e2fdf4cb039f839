"""What sets events right after the learned layer: what the contract says, and what parse and word order tell.

Each module has one matter; docs/coder.md lists them. `order` applies those of single mentions, `rivals` those of whole
events.
"""

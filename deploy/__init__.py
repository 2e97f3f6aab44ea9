"""The dashboard as a service: replicas behind nginx, each warm before a reader comes to it. ``python -m deploy``."""

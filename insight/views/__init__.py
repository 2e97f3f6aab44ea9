"""One module a question: each view is composed once, and dashboard, public site, briefing and API only lay it out."""

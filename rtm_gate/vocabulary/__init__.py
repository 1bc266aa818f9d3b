"""Topics and their lexicons, regions, places, words, languages and observances: what news, analysis, policies and facts share.

Each module stands for itself and loads its data on first use; importing one costs nothing that the caller does not need.
"""

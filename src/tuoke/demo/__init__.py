"""The demo: fills an empty workspace with an invented firm and a year of its history; knows the telesales app."""

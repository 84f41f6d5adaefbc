"""SIC Marking e8 and e10 machines that speak the text protocol."""

"""Stage 9: reports over years become tables, figures and a report to print."""

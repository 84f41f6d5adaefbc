-- On PostgreSQL fewer columns and checks; a trial's database stays as it is.
SELECT 1

from . import test_capacity, test_capacity_races, test_capacity_sequences

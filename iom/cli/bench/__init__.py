"""Measures the product on the machine at hand: pages against a floor of the same run, and the computations by themselves."""

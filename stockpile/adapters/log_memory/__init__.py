"""Where proofs about registries' logs lie on this computer."""

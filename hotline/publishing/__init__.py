"""Letters made public: prepared by one person, checked by another."""

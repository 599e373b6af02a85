/* The built-in vehicle profiles, for tests. Ends the program when they cannot be read. */
#ifndef XD_TESTS_PROFILES_H
#define XD_TESTS_PROFILES_H

#include "maps/profile.h"

const struct xd_profiles *xd_test_profiles(void); /* read at the first call, freed at exit */
const struct xd_profile *xd_test_profile(const char *name);

#endif

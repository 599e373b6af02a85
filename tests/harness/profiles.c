#include "tests/harness/profiles.h"

#include "io/tables/profiles_read.h"

#include <stdio.h>
#include <stdlib.h>

static struct xd_profiles *built_in;

static void free_profiles(void)
{
    xd_profiles_free(built_in);
}

const struct xd_profiles *xd_test_profiles(void)
{
    struct xd_diagnostics diagnostics = {0};
    if (built_in)
        return built_in;
    if (xd_profiles_read(NULL, &diagnostics, &built_in) != XD_OK) {
        for (int32_t i = 0; i < diagnostics.errors_n; i++)
            fprintf(stderr, "%s:%lld:%lld: %s\n", diagnostics.errors[i].source, (long long)diagnostics.errors[i].line,
                    (long long)diagnostics.errors[i].column, diagnostics.errors[i].message);
        exit(1);
    }
    atexit(free_profiles);
    return built_in;
}

const struct xd_profile *xd_test_profile(const char *name)
{
    const struct xd_profile *profile = xd_profile_find(xd_test_profiles(), name);
    if (!profile) {
        fprintf(stderr, "no profile %s\n", name);
        exit(1);
    }
    return profile;
}

#include "tests/unit/tables_fixture.h"

#include "io/tables/scenario_read.h"
#include "tests/malformed/tables_cases.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

void xd_tables_folder(const char *name, int changed, const char *text, size_t n, char path[XD_TEST_PATH_MAX])
{
    snprintf(path, XD_TEST_PATH_MAX, "%s/%s", xd_temporary_folder(), name);
    (void)mkdir(path, 0700);
    for (int f = 0; f < XD_TABLES_FILES_N; f++) {
        char file[XD_TEST_PATH_MAX];
        char relative[XD_TEST_PATH_MAX];
        snprintf(relative, sizeof relative, "%s/%s", name, xd_tables_names[f]);
        if (f != changed)
            xd_temporary_file(relative, xd_tables_base[f], strlen(xd_tables_base[f]), file);
        else if (text)
            xd_temporary_file(relative, text, n, file);
        else if (snprintf(file, sizeof file, "%s/%s", path, xd_tables_names[f]) > 0)
            (void)unlink(file);
    }
}

struct xd_scenario *xd_tables_read(const char *path, struct xd_diagnostics *diagnostics, enum xd_status *status)
{
    struct xd_scenario *scenario = NULL;
    *status = xd_scenario_read(path, diagnostics, &scenario);
    return scenario;
}

void xd_tables_print(const struct xd_diagnostics *diagnostics)
{
    char line[2048];
    for (int32_t e = 0; e < diagnostics->errors_n; e++) {
        xd_error_format(&diagnostics->errors[e], line, sizeof line);
        printf("    %s\n", line);
    }
}

/* Truth tables of roads: tags -> what each vehicle makes of them. */
#ifndef XD_TESTS_ROAD_TABLE_H
#define XD_TESTS_ROAD_TABLE_H

#include "base/macros.h"

#include <stddef.h>

/* km/h of tricycle, minivan, ev_van, light_truck, reefer, bus, walking, apart by blanks; 0 = may not or cannot, 20* = only at the end of a trip. */
struct road_case {
    const char *forward;
    const char *tags;
    const char *backward; /* NULL: as forward */
};

#define NOBODY " 0  0  0  0  0  0  0"
#define ON_FOOT " 0  0  0  0  0  0  5"
#define RESIDENTIAL "20 20 20 20 20 20  5"
#define RESIDENTIAL_END "20* 20* 20* 20* 20* 20* 5*"
#define TRUNK "30 60 60 60 60 60  5"

void road_table_check(const struct road_case *rows, size_t rows_n);
#define ROAD_TABLE_CHECK(rows) road_table_check(rows, XD_ARRAY_LENGTH(rows))

#endif

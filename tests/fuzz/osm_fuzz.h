/* Reads bytes as a map, twice; both times must agree, and every object must keep the promises of maps/osm_object.h. */
#ifndef XD_TESTS_FUZZ_OSM_FUZZ_H
#define XD_TESTS_FUZZ_OSM_FUZZ_H

#include <stddef.h>
#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
void fuzz_osm_read(const uint8_t *data, size_t size);

#endif

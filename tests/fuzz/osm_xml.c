/* Any bytes as they are: XML plain or packed, and all that is no map. */
#include "tests/fuzz/osm_fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    fuzz_osm_read(data, size);
    return 0;
}

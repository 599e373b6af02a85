/* A small snapshot to be damaged, and what is done with all that one is taken from. Ends the program when it cannot be made. */
#ifndef XD_TESTS_SNAPSHOT_H
#define XD_TESTS_SNAPSHOT_H

#include "io/snapshot/snapshot.h"

enum { SNAPSHOT_SAMPLE_SECTIONS_N = 51 };

struct snapshot_sample {
    unsigned char *bytes; /* from posix_memalign */
    size_t n;
    struct xd_snapshot_identity identity;
    const struct xd_profiles *profiles;
    uint64_t network_hash;
};

/* Of a map with a barrier, signals, names, places, a ferry, a ring, a footway, a one-way road and turn restrictions. */
extern const char snapshot_sample_map[];
void snapshot_sample_make(struct snapshot_sample *sample);
void snapshot_sample_free(struct snapshot_sample *sample);

/* Aligned memory, as a snapshot needs it. */
unsigned char *snapshot_memory(size_t n);
/* Right checksums for what the bytes say, as far as that can be done. */
void snapshot_seal(unsigned char *bytes, size_t n);
/* Parsed, taken, and if that went well its network is hashed, its roads weighed, ways found over all parts. *uses (may be NULL) sums what was found. */
enum xd_snapshot_look snapshot_try(const struct snapshot_sample *sample, const unsigned char *bytes, size_t n, uint64_t *uses);

#endif

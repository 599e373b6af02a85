/* 64-bit hash of bytes and values, for content identities (network_hash, scenario hash) and tables.
 * Order-dependent, endian-independent, stable over versions: part of the file formats. Not cryptographic. Source: FNV-1a folded with the murmur3 finaliser. */
#ifndef XD_BASE_HASH_H
#define XD_BASE_HASH_H

#include <stddef.h>
#include <stdint.h>

struct xd_hash {
    uint64_t state;
};

struct xd_hash xd_hash_begin(void);
void xd_hash_bytes(struct xd_hash *hash, const void *bytes, size_t n);
void xd_hash_i64(struct xd_hash *hash, int64_t value);
void xd_hash_string(struct xd_hash *hash, const char *text); /* length then bytes; NULL = "" */
uint64_t xd_hash_end(struct xd_hash hash);
uint64_t xd_mix64(uint64_t value); /* murmur3 finaliser */
void xd_hash_hex(uint64_t hash, char dst[17]);

/* Checksum of many bytes against damage, as fast as memory: a change within one word of eight bytes shows for certain, any other but for one in 2^64.
 * Of blocks of XD_CHECKSUM_BLOCK bytes, the last filled up with zeros: padding to a block does not show. Depends on the machine's byte order. */
enum { XD_CHECKSUM_BLOCK = 64 };
uint64_t xd_checksum(const void *bytes, size_t n);

#endif

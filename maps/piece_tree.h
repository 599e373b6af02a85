/* The nearest of many straight pieces to a position: a tree of boxes, packed along a curve. Internal to maps/network_join.c.
 *
 * Pieces much longer than the others lie in several boxes, so that few boxes are large.
 * Owns: copies. Threads: immutable once built. Cost: building O(n), finding O(log n + pieces near). */
#ifndef XD_MAPS_PIECE_TREE_H
#define XD_MAPS_PIECE_TREE_H

#include "base/error.h"
#include "base/geo.h"

struct xd_piece {
    int64_t place; /* what it is called: of pieces equally far that with the lowest counts */
    struct xd_position a, b;
    int32_t road;
};

/* The nearest so far. To begin with: the square of the reach, which itself does not count, and -1. */
struct xd_piece_near {
    double squared_m;
    int64_t place;
    double part; /* 0..1 along the piece */
};

struct xd_piece_tree;
/* *tree is NULL where there are no pieces. Errors: XD_NO_MEMORY, XD_DATA over half of INT32_MAX boxes. */
XD_MUST_CHECK enum xd_status xd_piece_tree_build(const struct xd_piece *pieces, int32_t pieces_n, struct xd_piece_tree **tree,
                                                 struct xd_error *error);
void xd_piece_tree_free(struct xd_piece_tree *tree); /* NULL is legal */
/* Looks at all pieces but those of but_road (-1: at all). tree may be NULL. Returns the number of pieces and boxes looked at. */
int64_t xd_piece_tree_find(const struct xd_piece_tree *tree, struct xd_position position, int32_t but_road, struct xd_piece_near *near);

#endif

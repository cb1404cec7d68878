// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

namespace gesture::training {

/// The skeleton as the feature network sees it: edges between a parent and a child joint, and one
/// from the root to nowhere that stands for the root's own rotation (`skeleton.py`).
struct SkeletonEdge {
    int parent = 0;
    int child = 0;
};
using SkeletonEdges = std::vector<SkeletonEdge>;

/// The 55 edges of SMPL-X.
[[nodiscard]] SkeletonEdges smplxEdges();

/// For each edge those at most two steps away, itself included, in ascending order.
[[nodiscard]] std::vector<std::vector<int>> nearbyEdges(const SkeletonEdges& edges);

/// Pairs of edges that follow each other become one; in a chain of odd length the first stays.
struct PooledSkeleton {
    SkeletonEdges edges;
    std::vector<std::vector<int>> merged; ///< For each of `edges` those that it was made of.
};
[[nodiscard]] PooledSkeleton pooled(const SkeletonEdges& edges);

} // namespace gesture::training

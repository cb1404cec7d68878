// SPDX-License-Identifier: Apache-2.0
#include "training/stages/skeleton_edges.h"

#include "core/motion/skeleton.h"

#include <cstddef>
#include <map>
#include <utility>

namespace gesture::training {

namespace {

bool touch(const SkeletonEdge& a, const SkeletonEdge& b) {
    return a.parent == b.parent || a.parent == b.child || a.child == b.parent || a.child == b.child;
}

/// Walks down from the root and cuts the tree into chains between forks and ends.
class ChainFinder {
public:
    explicit ChainFinder(const SkeletonEdges& edges)
        : edges_(edges) {
        for (const SkeletonEdge& edge : edges) {
            ++degree_[edge.parent];
            ++degree_[edge.child];
        }
    }

    std::vector<std::vector<int>> chains() {
        walk(0, {});
        return std::move(chains_);
    }

private:
    void walk(int joint, std::vector<int> chain) {
        if (degree_[joint] > 2 && joint != 0) chains_.push_back(std::exchange(chain, {}));
        if (degree_[joint] == 1) {
            chains_.push_back(std::move(chain));
            return;
        }
        for (std::size_t i = 0; i < edges_.size(); ++i) {
            if (edges_[i].parent != joint) continue;
            std::vector<int> longer = chain;
            longer.push_back(static_cast<int>(i));
            walk(edges_[i].child, std::move(longer));
        }
    }

    const SkeletonEdges& edges_;
    std::map<int, int> degree_;
    std::vector<std::vector<int>> chains_;
};

} // namespace

SkeletonEdges smplxEdges() {
    SkeletonEdges edges{{0, motion::kJointCount}};
    const auto parents = motion::jointParents();
    for (int joint = 1; joint < motion::kJointCount; ++joint)
        edges.push_back({parents[static_cast<std::size_t>(joint)], joint});
    return edges;
}

std::vector<std::vector<int>> nearbyEdges(const SkeletonEdges& edges) {
    const std::size_t count = edges.size();
    std::vector<std::vector<int>> nearby(count);
    for (std::size_t i = 0; i < count; ++i) {
        for (std::size_t j = 0; j < count; ++j) {
            bool near = touch(edges[i], edges[j]);
            for (std::size_t k = 0; k < count && !near; ++k)
                near = touch(edges[i], edges[k]) && touch(edges[k], edges[j]);
            if (near) nearby[i].push_back(static_cast<int>(j));
        }
    }
    return nearby;
}

PooledSkeleton pooled(const SkeletonEdges& edges) {
    PooledSkeleton result;
    for (const std::vector<int>& chain : ChainFinder(edges).chains()) {
        std::size_t i = 0;
        if (chain.size() % 2 == 1) {
            result.merged.push_back({chain[0]});
            result.edges.push_back(edges[static_cast<std::size_t>(chain[0])]);
            i = 1;
        }
        for (; i < chain.size(); i += 2) {
            result.merged.push_back({chain[i], chain[i + 1]});
            result.edges.push_back({edges[static_cast<std::size_t>(chain[i])].parent,
                                    edges[static_cast<std::size_t>(chain[i + 1])].child});
        }
    }
    return result;
}

} // namespace gesture::training

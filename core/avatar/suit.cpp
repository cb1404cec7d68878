// SPDX-License-Identifier: Apache-2.0
#include "core/avatar/suit.h"

#include "core/base/assert.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

namespace gesture::avatar {

namespace {

using Edge = std::pair<std::uint32_t, std::uint32_t>;
using Loop = std::vector<std::uint32_t>;

constexpr int kCollarRings = 3; ///< Rings of quads that are taken off at the neck.
constexpr std::size_t kCollarSize = 26;
constexpr std::size_t kCuffSize = 12;

/// First edge of an edge loop around a limb or the waist, and the number of its vertices.
struct LoopStart {
    Edge edge;
    std::size_t size;
};
constexpr LoopStart kWaist = {{15903, 16055}, 36};
struct LegLoops {
    double side;
    LoopStart ankle;
    LoopStart sole;
};
constexpr std::array<LegLoops, 2> kLegs = {
    LegLoops{1.0, {{16632, 16682}, 18}, {{17980, 17982}, 26}},
    LegLoops{-1.0, {{15328, 15378}, 18}, {{16610, 16612}, 26}}};

Edge undirected(std::uint32_t a, std::uint32_t b) { return {std::min(a, b), std::max(a, b)}; }

std::uint32_t corner(const Quad& quad, std::size_t k) { return quad[k % 4]; }

/// Which quads touch an edge, which vertices a vertex.
class Adjacency {
public:
    explicit Adjacency(const std::vector<Quad>& quads)
        : quads_(quads) {
        for (std::size_t q = 0; q < quads.size(); ++q) {
            for (std::size_t k = 0; k < 4; ++k) {
                const Edge edge = undirected(corner(quads[q], k), corner(quads[q], k + 1));
                quadsOfEdge_[edge].push_back(q);
                neighbours_[edge.first].insert(edge.second);
                neighbours_[edge.second].insert(edge.first);
            }
        }
    }

    /// Goes straight on at each vertex of four edges until the loop closes.
    Loop follow(const LoopStart& start) const {
        Loop loop = {start.edge.first, start.edge.second};
        while (loop.size() <= start.size) {
            const std::uint32_t next = straightOn(loop[loop.size() - 2], loop.back());
            if (next == loop.front()) break;
            loop.push_back(next);
        }
        GESTURE_ASSERT(loop.size() == start.size);
        return loop;
    }

    /// Quads that can be reached from `seed` without crossing the loop.
    std::vector<std::size_t> flood(std::size_t seed, const Loop& loop) const {
        std::set<Edge> walls;
        for (std::size_t i = 0; i < loop.size(); ++i) {
            walls.insert(undirected(loop[i], loop[(i + 1) % loop.size()]));
        }
        std::vector<bool> seen(quads_.size(), false);
        std::vector<std::size_t> reached = {seed};
        seen[seed] = true;
        for (std::size_t next = 0; next < reached.size(); ++next) {
            const Quad& quad = quads_[reached[next]];
            for (std::size_t k = 0; k < 4; ++k) {
                const Edge edge = undirected(corner(quad, k), corner(quad, k + 1));
                if (walls.count(edge) > 0) continue;
                for (const std::size_t other : quadsOfEdge_.at(edge)) {
                    if (seen[other]) continue;
                    seen[other] = true;
                    reached.push_back(other);
                }
            }
        }
        return reached;
    }

private:
    std::uint32_t straightOn(std::uint32_t from, std::uint32_t at) const {
        const auto& incoming = quadsOfEdge_.at(undirected(from, at));
        for (const std::uint32_t next : neighbours_.at(at)) {
            const auto& outgoing = quadsOfEdge_.at(undirected(at, next));
            const bool sharesQuad =
                std::find_first_of(incoming.begin(), incoming.end(), outgoing.begin(),
                                   outgoing.end()) != incoming.end();
            if (next != from && !sharesQuad) return next;
        }
        return from;
    }

    const std::vector<Quad>& quads_;
    std::map<Edge, std::vector<std::size_t>> quadsOfEdge_;
    std::map<std::uint32_t, std::set<std::uint32_t>> neighbours_;
};

double meanX(const Loop& loop, const Points64& mesh) {
    double sum = 0.0;
    for (const auto vertex : loop) {
        sum += mesh(vertex, 0);
    }
    return sum / static_cast<double>(loop.size());
}

/// The open loop of `size` vertices whose mean lies on the given side (0: near the middle).
Loop findOpening(const std::vector<Quad>& quads, const Points64& mesh, std::size_t size,
                 double side) {
    constexpr double kNearMiddle = 0.05; // metres
    for (Loop& loop : openLoops(quads)) {
        const double x = meanX(loop, mesh);
        const bool fits = side == 0.0 ? std::abs(x) < kNearMiddle : x * side > kNearMiddle;
        if (loop.size() == size && fits) return std::move(loop);
    }
    GESTURE_ASSERT(false && "the suit has no such opening");
    return {};
}

void removeQuadsTouching(const Loop& loop, PartQuads& quads) {
    const std::set<std::uint32_t> touched(loop.begin(), loop.end());
    std::size_t kept = 0;
    for (std::size_t q = 0; q < quads.quads.size(); ++q) {
        const Quad quad = quads.quads[q];
        const bool touches = std::any_of(quad.begin(), quad.end(), [&](std::uint32_t vertex) {
            return touched.count(vertex) > 0;
        });
        if (touches) continue;
        quads.quads[kept] = quad;
        quads.textureQuads[kept] = quads.textureQuads[q];
        ++kept;
    }
    quads.quads.resize(kept);
    quads.textureQuads.resize(kept);
}

/// Quad with the lowest centre on a side (0: of all).
std::size_t lowestQuad(const std::vector<Quad>& quads, const Points64& mesh, double side) {
    std::size_t lowest = quads.size();
    double lowestY = 0.0;
    for (std::size_t q = 0; q < quads.size(); ++q) {
        Eigen::Vector3d centre = Eigen::Vector3d::Zero();
        for (const auto vertex : quads[q]) {
            centre += mesh.row(vertex).transpose() / 4.0;
        }
        if (side != 0.0 && centre.x() * side <= 0.0) continue;
        if (lowest == quads.size() || centre.y() < lowestY) {
            lowest = q;
            lowestY = centre.y();
        }
    }
    return lowest;
}

void colourSuit(PartQuads& suit, const Points64& tPose) {
    suit.parts.assign(suit.quads.size(), Part::SuitTop);
    const Adjacency adjacency(suit.quads);
    const auto fill = [&](double side, const LoopStart& start, Part part) {
        const std::size_t seed = lowestQuad(suit.quads, tPose, side);
        for (const std::size_t quad : adjacency.flood(seed, adjacency.follow(start))) {
            suit.parts[quad] = part;
        }
    };
    fill(0.0, kWaist, Part::SuitBottom);
    for (const LegLoops& leg : kLegs) {
        fill(leg.side, leg.ankle, Part::Shoe);
        fill(leg.side, leg.sole, Part::Sole);
    }
}

} // namespace

std::vector<std::vector<std::uint32_t>> openLoops(const std::vector<Quad>& quads) {
    std::map<Edge, int> uses;
    for (const Quad& quad : quads) {
        for (std::size_t k = 0; k < 4; ++k) {
            ++uses[undirected(corner(quad, k), corner(quad, k + 1))];
        }
    }
    std::map<std::uint32_t, std::uint32_t> next;
    for (const Quad& quad : quads) {
        for (std::size_t k = 0; k < 4; ++k) {
            const std::uint32_t a = corner(quad, k);
            const std::uint32_t b = corner(quad, k + 1);
            if (uses[undirected(a, b)] == 1) next[a] = b;
        }
    }
    std::vector<Loop> loops;
    while (!next.empty()) {
        Loop loop;
        auto step = next.begin();
        while (step != next.end()) {
            loop.push_back(step->first);
            const std::uint32_t following = step->second;
            next.erase(step);
            step = next.find(following);
        }
        loops.push_back(std::move(loop));
    }
    return loops;
}

Suit makeSuit(const QuadGroup& tights, const Points64& tPose) {
    Suit suit;
    suit.quads.quads = tights.quads;
    suit.quads.textureQuads = tights.textureQuads;
    for (int ring = 0; ring < kCollarRings; ++ring) {
        removeQuadsTouching(findOpening(suit.quads.quads, tPose, kCollarSize, 0.0), suit.quads);
    }
    suit.openings.collar = findOpening(suit.quads.quads, tPose, kCollarSize, 0.0);
    suit.openings.leftCuff = findOpening(suit.quads.quads, tPose, kCuffSize, 1.0);
    suit.openings.rightCuff = findOpening(suit.quads.quads, tPose, kCuffSize, -1.0);
    colourSuit(suit.quads, tPose);
    return suit;
}

} // namespace gesture::avatar

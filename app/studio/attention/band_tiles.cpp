// SPDX-License-Identifier: Apache-2.0
#include "app/studio/attention/band_tiles.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace gesture::app {

namespace {

constexpr float kNothing = std::numeric_limits<float>::quiet_NaN();

BandTile emptyTile(int level, std::int64_t index, int reach) {
    BandTile tile{level, index, reach, {}, 0};
    tile.weights.assign(static_cast<std::size_t>(2 * reach + 1) * BandTile::kColumns, kNothing);
    return tile;
}

/// Adds one map's band to the tile.
void addBand(const inference::AttentionBand& band, float weight, BandTile& tile) {
    const std::int64_t first = tile.firstFrame();
    const auto width = static_cast<std::size_t>(band.width);
    for (std::size_t row = 0; row < band.first.size(); ++row) {
        const std::int64_t speech = band.begin.value + static_cast<std::int64_t>(row);
        for (std::size_t i = 0; i < width; ++i) {
            const float value = band.weights[row * width + i];
            const std::int64_t motion = band.first[row] + static_cast<std::int64_t>(i);
            const std::int64_t column = motion - first;
            const std::int64_t offset = speech - motion + tile.reach;
            if (std::isnan(value) || column < 0 || column >= BandTile::kColumns || offset < 0 ||
                offset > 2 * tile.reach) {
                continue;
            }
            float& cell = tile.weights[static_cast<std::size_t>(offset) * BandTile::kColumns +
                                       static_cast<std::size_t>(column)];
            cell = (std::isnan(cell) ? 0.0F : cell) + weight * value;
        }
    }
}

/// The larger one; a known one against an unknown one.
float larger(float a, float b) {
    if (std::isnan(a)) return b;
    return std::isnan(b) || a > b ? a : b;
}

} // namespace

std::shared_ptr<const BandTile> TileCache::find(const TileKey& key) {
    const auto found = places_.find(key);
    if (found == places_.end()) return nullptr;
    order_.splice(order_.begin(), order_, found->second);
    return *found->second;
}

void TileCache::insert(std::shared_ptr<const BandTile> tile) {
    const TileKey key{tile->level, tile->index};
    const auto found = places_.find(key);
    if (found != places_.end()) {
        bytes_ -= (*found->second)->bytes();
        order_.erase(found->second);
        places_.erase(found);
    }
    bytes_ += tile->bytes();
    order_.push_front(std::move(tile));
    places_[key] = order_.begin();
    while (bytes_ > limit_ && !order_.empty()) {
        const BandTile& last = *order_.back();
        bytes_ -= last.bytes();
        places_.erase({last.level, last.index});
        order_.pop_back();
    }
}

void TileCache::clear() {
    order_.clear();
    places_.clear();
    bytes_ = 0;
}

BandTile makeTile(const BandSource& source, std::int64_t index) {
    BandTile tile = emptyTile(0, index, source.reach);
    const FrameIndex begin{tile.firstFrame()};
    const FrameRange speech{begin + -source.reach, begin + BandTile::kColumns + source.reach};
    for (const WeightedMap& map : source.maps) {
        const auto band = source.analysis->attention(map.choice, speech);
        if (band) addBand(*band, map.weight, tile);
    }
    for (const float weight : tile.weights) {
        if (weight > tile.largest) tile.largest = weight;
    }
    return tile;
}

BandTile mergeTiles(const BandTile& left, const BandTile& right) {
    BandTile tile = emptyTile(left.level + 1, left.index / 2, left.reach);
    tile.largest = std::max(left.largest, right.largest);
    constexpr int kHalf = BandTile::kColumns / 2;
    for (int row = 0; row <= 2 * tile.reach; ++row) {
        float* const out =
            tile.weights.data() + static_cast<std::ptrdiff_t>(row) * BandTile::kColumns;
        for (int column = 0; column < kHalf; ++column) {
            out[column] = larger(left.at(row, 2 * column), left.at(row, 2 * column + 1));
            out[kHalf + column] = larger(right.at(row, 2 * column), right.at(row, 2 * column + 1));
        }
    }
    return tile;
}

BandTile makeTile(const BandSource& source, const TileKey& key, const std::stop_token& stop) {
    const auto [level, index] = key;
    const std::int64_t first = (index * BandTile::kColumns) << level;
    if (stop.stop_requested() || first >= source.analysis->frames()) {
        return emptyTile(level, index, source.reach);
    }
    if (level == 0) return makeTile(source, index);
    return mergeTiles(makeTile(source, {level - 1, 2 * index}, stop),
                      makeTile(source, {level - 1, 2 * index + 1}, stop));
}

BandTiles::BandTiles(Executor& executor, QObject* parent, std::size_t limitBytes)
    : QObject(parent)
    , executor_(executor)
    , cache_(limitBytes) {}

BandTiles::~BandTiles() { stop_.request_stop(); }

void BandTiles::setSource(std::shared_ptr<const inference::Analysis> analysis,
                          std::vector<WeightedMap> maps) {
    stop_.request_stop();
    stop_ = std::stop_source();
    ++generation_;
    wanted_.clear();
    cache_.clear();
    source_ = {std::move(analysis), std::move(maps), 0};
    if (!source_.analysis) return;
    for (const auto& window : source_.analysis->windows()) {
        source_.reach = std::max(source_.reach, window.frames - 1);
    }
}

std::shared_ptr<const BandTile> BandTiles::tile(const TileKey& key) {
    if (!source_.analysis || key.second < 0) return nullptr;
    if (auto kept = cache_.find(key)) return kept;
    if (!wanted_.emplace(key, generation_).second) return nullptr;
    executor_.post([this, key, generation = generation_, source = source_,
                    cancelled = stop_.get_token(), address = post_.address()](std::stop_token) {
        if (cancelled.stop_requested()) return;
        auto made = std::make_shared<const BandTile>(makeTile(source, key, cancelled));
        if (cancelled.stop_requested()) return;
        address.send([this, key, generation, made = std::move(made)] {
            if (generation != generation_) return;
            wanted_.erase(key);
            cache_.insert(made);
            Q_EMIT arrived();
        });
    });
    return cache_.find(key); // an executor may be done at once
}

} // namespace gesture::app

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/studio/attention/map_source.h"
#include "app/studio/attention/result_post.h"
#include "core/base/executor.h"

#include <QObject>

#include <cstdint>
#include <list>
#include <map>
#include <memory>
#include <stop_token>
#include <utility>
#include <vector>

namespace gesture::app {

/// A stretch of the clip-long map around its diagonal: a column a frame of motion (or so many), a
/// row for each offset of the speech frame from −reach to reach. Immutable.
struct BandTile {
    static constexpr int kColumns = 256;

    int level = 0; ///< A column stands for 2^level frames: its largest weight.
    std::int64_t index = 0;
    int reach = 0;
    std::vector<float> weights; ///< (2 reach + 1, kColumns); NaN: no window shows both.
    float largest = 0;          ///< Of the weights.

    [[nodiscard]] std::int64_t firstFrame() const { return (index * kColumns) << level; }
    [[nodiscard]] float at(int row, int column) const {
        return weights[static_cast<std::size_t>(row) * kColumns + static_cast<std::size_t>(column)];
    }
    [[nodiscard]] std::size_t bytes() const { return weights.size() * sizeof(float); }
};

/// Where a tile is: level, index.
using TileKey = std::pair<int, std::int64_t>;

/// Tiles that were used last, as many as fit. One thread.
class TileCache {
public:
    explicit TileCache(std::size_t limitBytes)
        : limit_(limitBytes) {}

    /// Null when it is not there.
    [[nodiscard]] std::shared_ptr<const BandTile> find(const TileKey& key);
    void insert(std::shared_ptr<const BandTile> tile);
    void clear();
    [[nodiscard]] std::size_t bytes() const { return bytes_; }
    [[nodiscard]] std::size_t count() const { return order_.size(); }

private:
    using Order = std::list<std::shared_ptr<const BandTile>>; ///< Used last: first.

    std::size_t limit_;
    std::size_t bytes_ = 0;
    Order order_;
    std::map<TileKey, Order::iterator> places_;
};

/// What tiles are made from.
struct BandSource {
    std::shared_ptr<const inference::Analysis> analysis;
    std::vector<WeightedMap> maps;
    int reach = 63; ///< One less than the longest window has frames.
};

/// Level 0, from `Analysis::attention`. Blocks for some ms.
[[nodiscard]] BandTile makeTile(const BandSource& source, std::int64_t index);
/// A tile of the next level from the two below it.
[[nodiscard]] BandTile mergeTiles(const BandTile& left, const BandTile& right);
/// A tile of any level, from those below; stops early, with unknown columns, when asked to.
[[nodiscard]] BandTile makeTile(const BandSource& source, const TileKey& key,
                                const std::stop_token& stop);

/// Makes tiles on an executor and keeps them. GUI thread.
class BandTiles final : public QObject {
    Q_OBJECT

public:
    static constexpr std::size_t kLimitBytes = std::size_t{128} << 20;

    explicit BandTiles(Executor& executor, QObject* parent = nullptr,
                       std::size_t limitBytes = kLimitBytes);
    ~BandTiles() override;

    void setSource(std::shared_ptr<const inference::Analysis> analysis,
                   std::vector<WeightedMap> maps);
    [[nodiscard]] const BandSource& source() const { return source_; }
    /// Null while it is being made: `arrived` says when.
    [[nodiscard]] std::shared_ptr<const BandTile> tile(const TileKey& key);
    [[nodiscard]] const TileCache& cache() const { return cache_; }

Q_SIGNALS:
    void arrived();

private:
    Executor& executor_;
    ResultPost post_{*this};
    BandSource source_;
    TileCache cache_;
    std::stop_source stop_;
    int generation_ = 0;
    std::map<TileKey, int> wanted_; ///< Being made, in which generation.
};

} // namespace gesture::app

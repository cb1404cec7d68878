// SPDX-License-Identifier: Apache-2.0
#include "app/studio/attention/attention_model.h"

#include "core/inference/mask_strategy.h"

#include <algorithm>
#include <utility>

namespace gesture::app {

namespace {

/// Place of the window whose middle is nearest to a frame; ties: the later one.
std::optional<std::size_t> windowNear(const inference::Analysis& analysis, FrameIndex frame) {
    std::optional<std::size_t> best;
    std::int64_t least = 0;
    const auto windows = analysis.windows();
    const auto after = std::partition_point(
        windows.begin(), windows.end(), [&](const auto& window) { return window.begin <= frame; });
    constexpr std::ptrdiff_t kReach = 24; // overlapping edit windows
    const auto first = after - std::min(kReach, after - windows.begin());
    const auto last = after + std::min<std::ptrdiff_t>(1, windows.end() - after);
    for (auto window = first; window != last; ++window) {
        const std::int64_t middle = window->begin.value + window->frames / 2;
        const bool inside = frame.value < window->begin.value + window->frames;
        const std::int64_t distance =
            std::abs(middle - frame.value) + (inside ? 0 : inference::Analysis::kMaxFrames);
        if (best && distance > least) continue;
        best = static_cast<std::size_t>(window - windows.begin());
        least = distance;
    }
    return best;
}

int wrapped(int value, int count) { return ((value % count) + count) % count; }

/// Mean (nothing), then the kept numbers, round and round.
std::optional<int> stepped(std::optional<int> now, const std::vector<int>& kept, int by) {
    std::vector<std::optional<int>> all{std::nullopt};
    for (const int number : kept) {
        if (number >= 0) all.emplace_back(number);
    }
    const auto place = std::find(all.begin(), all.end(), now);
    const int index = place == all.end() ? 0 : static_cast<int>(place - all.begin());
    return all[static_cast<std::size_t>(wrapped(index + by, static_cast<int>(all.size())))];
}

} // namespace

AttentionModel::AttentionModel(Executor& executor, QObject* parent)
    : QObject(parent)
    , executor_(executor) {}

AttentionModel::~AttentionModel() { searchStop_.request_stop(); }

void AttentionModel::setContent(AttentionContent content) {
    const bool sameMaps = content.analysis == content_.analysis;
    content_ = std::move(content);
    if (!sameMaps) {
        peeked_.reset();
        hovered_.reset();
        pinned_.reset();
        pinnedSpeech_.reset();
        area_.reset();
        const std::size_t count = content_.hasMap() ? content_.analysis->windows().size() : 0;
        window_ = count == 0 ? 0 : std::min(window_, count - 1);
        if (follow_) followPlayhead();
        dropTables();
    }
    topFrames_.reset();
    Q_EMIT contentChanged();
    Q_EMIT mapChanged();
}

void AttentionModel::setComparison(std::optional<AttentionContent> content) {
    comparison_ = std::move(content);
    dropTables();
    Q_EMIT contentChanged();
    Q_EMIT mapChanged();
}

void AttentionModel::setPlayhead(FrameIndex frame) {
    if (frame == playhead_) return;
    playhead_ = frame;
    const std::size_t before = window_;
    if (follow_ && !pinned_ && !area_) followPlayhead();
    if (window_ != before) {
        dropTables();
        Q_EMIT mapChanged();
    }
    Q_EMIT playheadMoved();
    if (!hovered_ && !pinned_) Q_EMIT cursorChanged();
}

void AttentionModel::setTimeSelection(std::optional<FrameRange> range) {
    if (selection_ == range) return;
    selection_ = range;
    Q_EMIT playheadMoved();
}

void AttentionModel::followPlayhead() {
    if (!content_.hasMap()) return;
    const auto windows = content_.analysis->windows();
    if (window_ < windows.size()) {
        const auto& window = windows[window_];
        if (FrameRange{window.begin, window.begin + window.frames}.contains(playhead_)) return;
    }
    window_ = windowNear(*content_.analysis, playhead_).value_or(0);
}

void AttentionModel::setMap(const MapSelection& map) {
    if (map == map_ && !peeked_) return;
    map_ = map;
    peeked_.reset();
    topFrames_.reset();
    dropTables();
    Q_EMIT mapChanged();
}

void AttentionModel::peek(std::optional<HeadPlace> place) {
    std::optional<MapSelection> wanted;
    if (place) wanted = MapSelection{map_.part, place->layer, place->head, {}};
    if (wanted == peeked_) return;
    peeked_ = wanted;
    dropTables();
    Q_EMIT mapChanged();
}

void AttentionModel::stepPart(int by) {
    if (!content_.hasMap()) return;
    std::vector<std::optional<motion::BodyPart>> all(content_.analysis->parts().begin(),
                                                     content_.analysis->parts().end());
    all.emplace_back(std::nullopt);
    const auto place = std::find(all.begin(), all.end(), map_.part);
    const int index = place == all.end() ? 0 : static_cast<int>(place - all.begin());
    MapSelection map = map_;
    map.part = all[static_cast<std::size_t>(wrapped(index + by, static_cast<int>(all.size())))];
    setMap(map);
}

void AttentionModel::stepLayer(int by) {
    if (!content_.hasMap()) return;
    MapSelection map = map_;
    map.picked.clear();
    map.layer = stepped(map_.layer, content_.analysis->layers(), by);
    setMap(map);
}

void AttentionModel::stepHead(int by) {
    if (!content_.hasMap()) return;
    MapSelection map = map_;
    map.picked.clear();
    map.head = stepped(map_.head, content_.analysis->heads(), by);
    setMap(map);
}

void AttentionModel::setWindow(std::size_t place) {
    if (!content_.hasMap()) return;
    place = std::min(place, content_.analysis->windows().size() - 1);
    if (place == window_) return;
    window_ = place;
    hovered_.reset();
    area_.reset();
    dropTables();
    Q_EMIT mapChanged();
    Q_EMIT cursorChanged();
}

void AttentionModel::stepWindow(int by) {
    if (!content_.hasMap()) return;
    const auto last = static_cast<std::int64_t>(content_.analysis->windows().size()) - 1;
    const std::int64_t wanted = static_cast<std::int64_t>(window_) + by;
    setFollow(false);
    setWindow(static_cast<std::size_t>(std::clamp<std::int64_t>(wanted, 0, last)));
}

void AttentionModel::setFollow(bool follow) {
    if (follow == follow_) return;
    follow_ = follow;
    if (follow_) {
        const std::size_t before = window_;
        followPlayhead();
        if (window_ != before) dropTables();
    }
    Q_EMIT mapChanged();
}

void AttentionModel::setLook(const MapLook& look) {
    if (look == look_) return;
    look_ = look;
    if (look_.normalise == MapNormalise::All && largestOfAll_ == 0) findLargest();
    Q_EMIT lookChanged();
}

void AttentionModel::setCompare(MapCompare compare) {
    if (compare == compare_) return;
    compare_ = compare;
    Q_EMIT mapChanged();
}

MapCompare AttentionModel::compare() const { return comparison_ ? compare_ : MapCompare::Off; }

void AttentionModel::setForm(MapForm form) {
    if (form == form_) return;
    form_ = form;
    Q_EMIT mapChanged();
}

void AttentionModel::setTopShare(std::optional<double> share) {
    if (share == topShare_) return;
    topShare_ = share;
    topFrames_.reset();
    Q_EMIT lookChanged();
}

const inference::EditMask& AttentionModel::topFrames() const {
    if (topFrames_) return *topFrames_;
    topFrames_.emplace();
    if (topShare_ && content_.hasMap()) {
        const inference::Analysis& analysis = *content_.analysis;
        std::vector<float> curve = analysis.fusedImportance();
        if (map_.part) {
            if (auto part = analysis.importance(*map_.part)) curve = std::move(*part);
        }
        topFrames_ = inference::maskHighest(curve, *topShare_,
                                            {analysis.frames(), inference::kAnalysisRate});
    }
    return *topFrames_;
}

void AttentionModel::dropTables() {
    for (auto& table : tables_) {
        table.reset();
    }
    largestOfAll_ = 0;
    if (look_.normalise == MapNormalise::All) findLargest();
}

void AttentionModel::findLargest() {
    searchStop_.request_stop();
    searchStop_ = std::stop_source();
    if (!content_.hasMap()) return;
    const int search = ++search_;
    executor_.post([this, search, analysis = content_.analysis, address = post_.address(),
                    maps = mapsOf(*content_.analysis, shownMap()),
                    cancelled = searchStop_.get_token()](const std::stop_token& stop) {
        double most = 0;
        for (std::size_t i = 0; i < analysis->windows().size(); ++i) {
            if (stop.stop_requested() || cancelled.stop_requested()) return;
            most = std::max<double>(most, windowTable(*analysis, i, maps).largest());
        }
        address.send([this, search, most] {
            if (search != search_) return;
            largestOfAll_ = most;
            Q_EMIT lookChanged();
        });
    });
}

const AttentionContent& AttentionModel::contentOf(MapSide side) const {
    if (side != MapSide::B) return content_;
    return comparison_ ? *comparison_ : nothing_;
}

std::optional<std::size_t> AttentionModel::windowOf(MapSide side) const {
    const AttentionContent& content = contentOf(side);
    if (!content.hasMap()) return std::nullopt;
    if (side != MapSide::B) return std::min(window_, content.analysis->windows().size() - 1);
    if (!content_.hasMap()) return std::nullopt;
    const auto windows = content_.analysis->windows();
    const auto& window = windows[std::min(window_, windows.size() - 1)];
    return windowNear(*content.analysis, window.begin + window.frames / 2);
}

const MapTable& AttentionModel::cachedTable(MapSide side) const {
    auto& cached = tables_[static_cast<std::size_t>(side)];
    if (!cached) {
        cached.emplace();
        const AttentionContent& content = contentOf(side);
        if (const auto place = windowOf(side)) {
            const auto maps = mapsOf(*content.analysis, shownMap());
            cached = windowTable(*content.analysis, *place, maps);
        }
    }
    return *cached;
}

const MapTable& AttentionModel::table(MapSide side) const {
    if (side != MapSide::Difference) return cachedTable(side);
    auto& cached = tables_[static_cast<std::size_t>(side)];
    if (!cached) cached = differenceOf(cachedTable(MapSide::A), cachedTable(MapSide::B));
    return *cached;
}

double AttentionModel::largest(MapSide side) const {
    if (side == MapSide::Difference) {
        float most = 0;
        for (const float value : table(side).weights) {
            most = std::max(most, std::abs(value));
        }
        return most;
    }
    if (look_.fixedLargest) return *look_.fixedLargest;
    if (look_.normalise == MapNormalise::All && largestOfAll_ > 0) return largestOfAll_;
    double most = table(MapSide::A).largest();
    if (compare() == MapCompare::Beside) {
        most = std::max<double>(most, table(MapSide::B).largest()); // both on one scale
    }
    return most;
}

const EditedWindow* AttentionModel::editedWindow() const {
    const int number = editNumber();
    return number > 0 ? &content_.edits[static_cast<std::size_t>(number - 1)] : nullptr;
}

int AttentionModel::editNumber() const {
    if (!content_.hasMap()) return 0;
    const auto windows = content_.analysis->windows();
    const FrameIndex begin = windows[std::min(window_, windows.size() - 1)].begin;
    const auto found = std::find_if(content_.edits.begin(), content_.edits.end(),
                                    [&](const EditedWindow& edit) { return edit.begin == begin; });
    return found == content_.edits.end() ? 0 : static_cast<int>(found - content_.edits.begin()) + 1;
}

} // namespace gesture::app

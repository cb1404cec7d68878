// SPDX-License-Identifier: Apache-2.0
#include "training/stages/window_batches.h"

#include "training/data/speech_streams.h"
#include "training/stages/code_targets.h"
#include "training/stages/shuffled_order.h"

#include <ATen/ops/tensor.h>
#include <ATen/ops/zeros.h>

#include <algorithm>
#include <cstring>
#include <span>
#include <utility>

#include <fmt/format.h>

namespace gesture::training {

namespace {

/// Rows a second of labels and of motion.
constexpr double kLabelRate = 50.0;
constexpr double kMotionRate = 30.0;

bool isRowOfClip(std::string_view name) {
    return name == stream::kBetas || name == stream::kSpeaker;
}

Error lacks(std::string_view name) {
    return {ErrorCode::InvalidInput,
            fmt::format("The prepared data has no '{}', which this stage learns from: prepare the "
                        "corpus with it.",
                        name)};
}

/// Copies `count` rows from `first` on; behind the end the last row is repeated.
void copyRows(const StreamView& view, std::int64_t first, std::int64_t count, float* target) {
    const std::int64_t last = view.rows() - 1;
    const auto width = static_cast<std::size_t>(view.width);
    if (last < 0) return;
    for (std::int64_t i = 0; i < count; ++i) {
        const auto row = static_cast<std::size_t>(std::clamp<std::int64_t>(first + i, 0, last));
        std::memcpy(target + static_cast<std::size_t>(i) * width, view.values.data() + row * width,
                    width * sizeof(float));
    }
}

/// Numbers of a rank's samples in a batch.
std::vector<std::int64_t> samplesOf(std::int64_t batch, RankShare share) {
    std::vector<std::int64_t> samples;
    for (std::int64_t i = share.rank; i < batch; i += share.ranks)
        samples.push_back(i);
    return samples;
}

Status expectStreams(const WindowStore& store, std::span<const std::string> names) {
    for (const std::string& name : names)
        if (!store.streams().contains(name)) return lacks(name);
    return Status::success();
}

Error emptySplit(std::string_view split, std::string_view what) {
    return {ErrorCode::InvalidInput,
            fmt::format("Split '{}' of the prepared data has no {}: name another split, or prepare "
                        "more data.",
                        split, what)};
}

/// Sentences belong to the windows that the corpus was prepared for.
Status expectSentences(const WindowStore& store, const WindowRequest& request) {
    const WindowRule rule{request.length, request.stride};
    const auto clips = store.clips();
    for (std::size_t clip = 0; clip < clips.size(); ++clip)
        if (store.stream(clip, stream::kSentence).rows() != rule.countIn(clips[clip].frames))
            return Error{ErrorCode::InvalidInput,
                         fmt::format("The prepared data has no sentences for windows of {} frames "
                                     "at every {}: prepare it for these windows.",
                                     request.length, request.stride)};
    return Status::success();
}

const std::vector<std::string>& eventStreams() {
    static const std::vector<std::string> names{
        std::string(stream::kStress), std::string(stream::kApex), std::string(stream::kLexicon)};
    return names;
}

} // namespace

Result<std::unique_ptr<WindowBatches>>
WindowBatches::create(std::shared_ptr<const WindowStore> store, WindowRequest request,
                      WindowCodes codes) {
    for (const std::string& name : request.streams)
        if (auto known = name == kEventsKey ? expectStreams(*store, eventStreams())
                                            : expectStreams(*store, {&name, 1});
            !known)
            return known.error();
    const bool sentences = std::find(request.streams.begin(), request.streams.end(),
                                     stream::kSentence) != request.streams.end();
    if (auto fits = sentences ? expectSentences(*store, request) : Status::success(); !fits)
        return fits.error();
    auto places = store->windows(request.split, request.length, request.stride);
    if (places.empty())
        return emptySplit(request.split, fmt::format("window of {} frames", request.length));
    request.batch = std::min(request.batch, static_cast<std::int64_t>(places.size()));
    return std::unique_ptr<WindowBatches>(new WindowBatches(std::move(store), std::move(request),
                                                            std::move(codes), std::move(places)));
}

WindowBatches::WindowBatches(std::shared_ptr<const WindowStore> store, WindowRequest request,
                             WindowCodes codes, std::vector<WindowPlace> places)
    : store_(std::move(store))
    , request_(std::move(request))
    , codes_(std::move(codes))
    , places_(std::move(places)) {}

std::int64_t WindowBatches::stepsPerEpoch() const {
    return static_cast<std::int64_t>(places_.size()) / request_.batch;
}

at::Tensor WindowBatches::gathered(const std::string& stream,
                                   const std::vector<std::int64_t>& windows) const {
    const std::int64_t width = store_->streams().find(stream)->second;
    const bool single = isRowOfClip(stream) || stream == stream::kSentence;
    const std::int64_t rows = single ? 1 : request_.length;
    const auto count = static_cast<std::int64_t>(windows.size());
    at::Tensor out = at::zeros({count, rows, width});
    auto* target = out.data_ptr<float>();
    for (const std::int64_t window : windows) {
        const WindowPlace& place = places_[static_cast<std::size_t>(window)];
        std::int64_t first = isRowOfClip(stream) ? 0 : place.frame;
        if (stream == stream::kSentence) first = place.frame / request_.stride;
        copyRows(store_->stream(static_cast<std::size_t>(place.clip), stream), first, rows, target);
        target += rows * width;
    }
    if (single) return width == 1 ? out.view({count}) : out.view({count, width});
    return width == 1 ? out.squeeze(2) : out;
}

at::Tensor WindowBatches::events(const std::vector<std::int64_t>& windows) const {
    const std::int64_t channels = 2 + request_.eventClasses;
    at::Tensor out =
        at::zeros({static_cast<std::int64_t>(windows.size()), request_.length, channels});
    auto* row = out.data_ptr<float>();
    for (const std::int64_t window : windows) {
        const WindowPlace& place = places_[static_cast<std::size_t>(window)];
        const auto clip = static_cast<std::size_t>(place.clip);
        const StreamView stress = store_->stream(clip, stream::kStress);
        const StreamView apex = store_->stream(clip, stream::kApex);
        const StreamView lexicon = store_->stream(clip, stream::kLexicon);
        for (std::int64_t i = 0; i < request_.length; ++i, row += channels) {
            const double seconds = (static_cast<double>(place.frame + i) + 0.5) / kMotionRate;
            const auto at = static_cast<std::size_t>(std::clamp<std::int64_t>(
                static_cast<std::int64_t>(seconds * kLabelRate + 0.5), 0, stress.rows() - 1));
            row[0] = stress.values[at];
            row[1] = apex.values[at];
            const auto word = static_cast<std::int64_t>(lexicon.values[at]);
            row[2 + std::clamp<std::int64_t>(word, 0, request_.eventClasses - 1)] = 1.0F;
        }
    }
    return out;
}

Result<Batch> WindowBatches::at(std::int64_t step, RankShare share) const {
    const std::int64_t epoch = step / stepsPerEpoch();
    const std::int64_t first = step % stepsPerEpoch() * request_.batch;
    const ShuffledOrder order(static_cast<std::int64_t>(places_.size()),
                              mixedKey(request_.seed, static_cast<std::uint64_t>(epoch)));
    std::vector<std::int64_t> windows;
    for (const std::int64_t sample : samplesOf(request_.batch, share))
        windows.push_back(request_.order == WindowRequest::Order::Shuffled
                              ? order.at(first + sample)
                              : first + sample);
    Batch batch;
    for (const std::string& name : request_.streams)
        batch.emplace(name, name == kEventsKey ? events(windows) : gathered(name, windows));
    const at::Tensor index = at::tensor(windows);
    for (std::size_t part = 0; part < codes_.size(); ++part)
        if (codes_[part].defined())
            batch.emplace(codesKey(static_cast<motion::BodyPart>(part)),
                          codes_[part].index_select(0, index));
    return batch;
}

Result<std::unique_ptr<CropBatches>> CropBatches::create(std::shared_ptr<const WindowStore> store,
                                                         const CropRequest& request) {
    std::vector<std::string> names = eventStreams();
    names.emplace_back(stream::kMel);
    names.emplace_back(stream::kPhone);
    if (auto known = expectStreams(*store, names); !known) return known.error();
    std::vector<Stretch> stretches;
    Stretch next;
    const auto clips = store->clips();
    for (std::size_t clip = 0; clip < clips.size(); ++clip) {
        if (clips[clip].split != request.split) continue;
        const std::int64_t rows = store->stream(clip, stream::kMel).rows();
        if (rows < request.rows) continue;
        next.clip = clip;
        next.rows = rows;
        stretches.push_back(next);
        next.cropsBefore += rows / request.rows;
        next.placesBefore += rows - request.rows + 1;
    }
    if (stretches.empty())
        return emptySplit(request.split, fmt::format("clip of {} rows of speech", request.rows));
    CropRequest fitting = request;
    fitting.batch = std::min(fitting.batch, next.cropsBefore);
    return std::unique_ptr<CropBatches>(
        new CropBatches(std::move(store), std::move(fitting), std::move(stretches)));
}

CropBatches::CropBatches(std::shared_ptr<const WindowStore> store, CropRequest request,
                         std::vector<Stretch> stretches)
    : store_(std::move(store))
    , request_(std::move(request))
    , stretches_(std::move(stretches))
    , crops_(stretches_.back().cropsBefore + stretches_.back().rows / request_.rows)
    , places_(stretches_.back().placesBefore + stretches_.back().rows - request_.rows + 1) {}

std::int64_t CropBatches::stepsPerEpoch() const { return crops_ / request_.batch; }

WindowPlace CropBatches::place(std::int64_t step, std::int64_t sample) const {
    const bool shuffled = request_.order == WindowRequest::Order::Shuffled;
    const std::int64_t number =
        shuffled
            ? static_cast<std::int64_t>(mixedKey(request_.seed, static_cast<std::uint64_t>(step),
                                                 static_cast<std::uint64_t>(sample)) %
                                        static_cast<std::uint64_t>(places_))
            : (step * request_.batch + sample) % crops_;
    const auto before = [&](const Stretch& s) { return shuffled ? s.placesBefore : s.cropsBefore; };
    const auto after =
        std::upper_bound(stretches_.begin(), stretches_.end(), number,
                         [&](std::int64_t value, const Stretch& s) { return value < before(s); });
    const Stretch& found = *(after - 1);
    const std::int64_t within = number - before(found);
    return {static_cast<std::int32_t>(found.clip),
            static_cast<std::int32_t>(shuffled ? within : within * request_.rows)};
}

Result<Batch> CropBatches::at(std::int64_t step, RankShare share) const {
    const auto samples = samplesOf(request_.batch, share);
    Batch batch;
    for (const std::string_view name :
         {stream::kMel, stream::kPhone, stream::kStress, stream::kApex, stream::kLexicon}) {
        const std::int64_t width = store_->streams().find(name)->second;
        at::Tensor out =
            at::zeros({static_cast<std::int64_t>(samples.size()), request_.rows, width});
        auto* target = out.data_ptr<float>();
        for (const std::int64_t sample : samples) {
            const WindowPlace where = place(step, sample);
            copyRows(store_->stream(static_cast<std::size_t>(where.clip), name), where.frame,
                     request_.rows, target);
            target += request_.rows * width;
        }
        batch.emplace(std::string(name), width == 1 ? out.squeeze(2) : out);
    }
    return batch;
}

} // namespace gesture::training

// SPDX-License-Identifier: Apache-2.0
#include "app/cli/batch_crew.h"

#include "core/inference/engine_client.h"

#include <exception>
#include <new>
#include <string>
#include <utility>

namespace gesture::app {

namespace {

/// What the main thread does for a command, for one clip: exceptions become errors.
Result<ClipOutcome> guarded(const BatchCrew::Make& make, std::size_t clip,
                            inference::EngineService& engine, const std::stop_token& stop) {
    try {
        JobControl control(stop, {});
        return make(clip, engine, control);
    } catch (const std::bad_alloc&) {
        return Error{ErrorCode::OutOfMemory,
                     "There is not enough memory; close other programs or use fewer --jobs."};
    } catch (const std::exception& exception) {
        return Error{ErrorCode::Internal,
                     std::string("Internal error: ") + exception.what() + ". Please report this."};
    }
}

} // namespace

BatchCrew::BatchCrew(Make make, std::size_t clips, int engines, const std::stop_token& stop)
    : make_(std::move(make))
    , clips_(clips)
    , room_(static_cast<std::size_t>(engines))
    , stopWithCaller_(stop, [this] { stop_.request_stop(); })
    , working_(engines) {
    for (int i = 0; i < engines; ++i)
        threads_.emplace_back([this] { work(stop_.get_token()); });
}

BatchCrew::~BatchCrew() { stop_.request_stop(); }

std::optional<BatchCrew::Made> BatchCrew::next() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return !finished_.empty() || working_ == 0; });
    if (finished_.empty()) return {};
    Made made = std::move(finished_.front());
    finished_.pop_front();
    changed_.notify_all();
    return made;
}

void BatchCrew::work(const std::stop_token& stop) {
    {
        inference::EngineClient engine;
        while (const auto clip = takeClip(stop))
            hand({*clip, guarded(make_, *clip, engine, stop)}, stop);
    }
    const std::lock_guard lock(mutex_);
    --working_;
    changed_.notify_all();
}

std::optional<std::size_t> BatchCrew::takeClip(const std::stop_token& stop) {
    const std::lock_guard lock(mutex_);
    if (stop.stop_requested() || nextClip_ == clips_) return {};
    return nextClip_++;
}

void BatchCrew::hand(Made made, const std::stop_token& stop) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, stop, [this] { return finished_.size() < room_; });
    finished_.push_back(std::move(made));
    changed_.notify_all();
}

} // namespace gesture::app

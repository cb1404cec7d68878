// SPDX-License-Identifier: Apache-2.0
#include "core/inference/message_output.h"

#include <algorithm>
#include <cerrno>
#include <poll.h>
#include <unistd.h>

namespace gesture::inference {

bool MessageOutput::writeAll(std::span<const std::byte> message) const {
    while (!message.empty()) {
        const ssize_t written = ::write(descriptor_, message.data(), message.size());
        if (written >= 0) {
            message = message.subspan(static_cast<std::size_t>(written));
            continue;
        }
        if (errno != EINTR && errno != EAGAIN) return false;
        pollfd wait{descriptor_, POLLOUT, 0};
        ::poll(&wait, 1, -1);
    }
    return true;
}

bool MessageOutput::write(std::span<const std::byte> message) {
    const std::lock_guard lock(writing_);
    return writeAll(message);
}

bool MessageOutput::answer(std::span<const std::byte> message) {
    const std::lock_guard lock(writing_);
    // Before the other side can have read the answer and sent its next request.
    busy_ = false;
    return writeAll(message);
}

void MessageOutput::heartbeat() {
    const std::unique_lock lock(writing_, std::try_to_lock);
    if (!lock.owns_lock() || !busy_) return;
    // A pipe that is ready takes a message as short as this one at once.
    pollfd wait{descriptor_, POLLOUT, 0};
    if (::poll(&wait, 1, 0) <= 0 || (wait.revents & POLLOUT) == 0) return;
    const auto message = encode(EngineMessage(Heartbeat()));
    if (message) writeAll(*message);
}

void OutputSink::fail(Error error) {
    if (!problem_) problem_ = std::move(error);
    stop_.request_stop();
}

void OutputSink::send(const EngineMessage& message) {
    if (stop_.stop_requested()) return;
    const auto bytes = encode(message);
    if (!bytes) return fail(bytes.error());
    if (output_.write(*bytes)) return;
    peerGone_ = true;
    fail({ErrorCode::Io, "The program that asked is gone."});
}

void OutputSink::motion(const MotionChunk& chunk) {
    const std::int64_t frames = chunk.frames.count();
    if (frames <= kMaxPartFrames) return send(chunk);
    const Status shape = checkShape(chunk.frames);
    if (!shape) return fail(shape.error());
    for (std::int64_t begin = 0; begin < frames; begin += kMaxPartFrames) {
        const std::int64_t end = std::min(begin + kMaxPartFrames, frames);
        MotionChunk part{chunk.begin + begin, chunk.finalEnd, framesOf(chunk.frames, begin, end)};
        // Frames that have not been sent cannot be final.
        if (end < frames) part.finalEnd = std::min(chunk.finalEnd, chunk.begin + end);
        send(part);
    }
}

} // namespace gesture::inference

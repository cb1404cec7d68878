// SPDX-License-Identifier: Apache-2.0
#include "training/protocol/training_event.h"

#include "core/base/utf8.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <chrono>
#include <cmath>
#include <limits>
#include <type_traits>

namespace gesture::training {

namespace {

using nlohmann::json;
using ordered = nlohmann::ordered_json;

constexpr std::size_t kMaxEventText = 4096;
constexpr std::size_t kMaxFigureName = 128;
constexpr std::int64_t kMaxEventNumber = std::int64_t{1} << 53;

/// A reading that stops at the first fault; thrown and caught in this file alone.
struct EventFault {
    std::string message;
};

/// Names the fields of a type once, for writer and reader.
template <typename Archive, typename Value>
void describe(Archive& archive, Value& value) {
    using Type = std::remove_const_t<Value>;
    archive.field("step", value.step);
    if constexpr (std::is_same_v<Type, RunStarted>) {
        archive.field("total_steps", value.totalSteps);
        archive.field("steps_per_epoch", value.stepsPerEpoch);
        archive.field("parameters", value.parameters);
        archive.field("ranks", value.ranks);
        archive.field("memory_bytes", value.memoryBytes);
        archive.field("stage", value.stage);
        archive.field("device", value.device);
    } else if constexpr (std::is_same_v<Type, RunEstimated>) {
        archive.field("seconds_per_step", value.secondsPerStep);
        archive.field("seconds_left", value.secondsLeft);
        archive.field("memory_bytes", value.memoryBytes);
    } else if constexpr (std::is_same_v<Type, StepsDone>) {
        archive.field("epoch", value.epoch);
        archive.field("seconds", value.seconds);
        archive.field("steps_per_second", value.stepsPerSecond);
        archive.field("data_wait", value.dataWait);
        archive.field("learning_rate", value.learningRate);
        archive.field("seconds_left", value.secondsLeft);
        archive.field("memory_bytes", value.memoryBytes);
        archive.field("figures", value.figures);
    } else if constexpr (std::is_same_v<Type, Evaluated>) {
        archive.field("best", value.best);
        archive.field("figures", value.figures);
    } else if constexpr (std::is_same_v<Type, CheckpointWritten>) {
        archive.field("best", value.best);
        archive.field("file", value.file);
        archive.field("bytes", value.bytes);
        archive.field("seconds", value.seconds);
    } else if constexpr (std::is_same_v<Type, TrainingNote>) {
        archive.field("text", value.text);
    } else if constexpr (std::is_same_v<Type, RunStopped>) {
        archive.field("reason", value.reason);
    } else if constexpr (std::is_same_v<Type, RunFailed>) {
        archive.field("message", value.message);
    }
}

template <typename Type>
constexpr std::string_view kEventName = "";
template <>
constexpr std::string_view kEventName<RunStarted> = "started";
template <>
constexpr std::string_view kEventName<RunEstimated> = "estimated";
template <>
constexpr std::string_view kEventName<StepsDone> = "steps";
template <>
constexpr std::string_view kEventName<Evaluated> = "evaluated";
template <>
constexpr std::string_view kEventName<CheckpointWritten> = "checkpoint";
template <>
constexpr std::string_view kEventName<TrainingNote> = "note";
template <>
constexpr std::string_view kEventName<RunFinished> = "finished";
template <>
constexpr std::string_view kEventName<RunStopped> = "stopped";
template <>
constexpr std::string_view kEventName<RunFailed> = "failed";

/// A text of at most `limit` bytes that ends with a whole character.
std::string cut(std::string_view text, std::size_t limit) {
    if (text.size() <= limit) return std::string(text);
    while (limit > 0 && (static_cast<unsigned char>(text[limit]) & 0xC0U) == 0x80U)
        --limit;
    return std::string(text.substr(0, limit));
}

class EventWriter {
public:
    explicit EventWriter(ordered& object)
        : object_(object) {}

    void field(const char* name, std::int64_t value) { object_[name] = value; }
    void field(const char* name, bool value) { object_[name] = value; }
    void field(const char* name, double value) { object_[name] = numberJson(value); }
    void field(const char* name, const std::string& value) {
        object_[name] = cut(value, kMaxEventText);
    }
    void field(const char* name, const NamedFigures& figures) {
        ordered list = ordered::object();
        for (const auto& [key, value] : figures) {
            if (list.size() >= kMaxFigures) break;
            list[cut(key, kMaxFigureName)] = numberJson(value);
        }
        object_[name] = std::move(list);
    }

private:
    [[nodiscard]] static ordered numberJson(double value) {
        return std::isfinite(value) ? ordered(value) : ordered(nullptr);
    }

    ordered& object_;
};

class EventReader {
public:
    explicit EventReader(const ordered& object)
        : object_(object) {}

    void field(const char* name, std::int64_t& value) {
        const ordered& found = get(name);
        const bool good = found.is_number_integer() &&
                          (!found.is_number_unsigned() ||
                           found.get<std::uint64_t>() <= std::uint64_t{kMaxEventNumber}) &&
                          found.get<std::int64_t>() >= 0 &&
                          found.get<std::int64_t>() <= kMaxEventNumber;
        if (!good) wrong(name, "a whole number that is not negative");
        value = found.get<std::int64_t>();
    }
    void field(const char* name, bool& value) {
        if (!get(name).is_boolean()) wrong(name, "true or false");
        value = get(name).get<bool>();
    }
    void field(const char* name, double& value) { value = numberOf(name, get(name)); }
    void field(const char* name, std::string& value) {
        const ordered& found = get(name);
        if (!found.is_string() || found.get_ref<const std::string&>().size() > kMaxEventText)
            wrong(name, "a text");
        value = found.get<std::string>();
    }
    void field(const char* name, NamedFigures& figures) {
        const ordered& found = get(name);
        if (!found.is_object() || found.size() > kMaxFigures) wrong(name, "figures by name");
        for (const auto& [key, value] : found.items()) {
            if (key.size() > kMaxFigureName) wrong(name, "figures with short names");
            figures.emplace_back(key, numberOf(name, value));
        }
    }

private:
    [[noreturn]] static void wrong(const char* name, const char* wanted) {
        throw EventFault{fmt::format("'{}' must be {}", name, wanted)};
    }
    [[nodiscard]] const ordered& get(const char* name) const {
        const auto found = object_.find(name);
        if (found == object_.end()) throw EventFault{fmt::format("'{}' is missing", name)};
        return *found;
    }
    [[nodiscard]] static double numberOf(const char* name, const ordered& value) {
        if (value.is_null()) return std::numeric_limits<double>::quiet_NaN();
        if (!value.is_number()) wrong(name, "a number");
        return value.get<double>();
    }

    const ordered& object_;
};

template <typename... Types>
bool readAs(std::string_view name, const ordered& object, std::variant<Types...>& what) {
    const auto tryOne = [&]<typename Type>(Type value) {
        if (kEventName<Type> != name) return false;
        EventReader reader(object);
        describe(reader, value);
        what = std::move(value);
        return true;
    };
    return (tryOne(Types{}) || ...);
}

/// Builds the document only of lines without deep nesting: events need two levels.
ordered parseFlat(std::string_view line) {
    const ordered::parser_callback_t shallow = [](int depth, ordered::parse_event_t, ordered&) {
        if (depth > 2) throw EventFault{"it is nested too deeply"};
        return true;
    };
    return ordered::parse(line, shallow);
}

TrainingEvent readEvent(std::string_view line) {
    const ordered object = parseFlat(line);
    if (!object.is_object()) throw EventFault{"it is no object"};
    TrainingEvent event;
    EventReader reader(object);
    reader.field("time", event.time);
    std::string name;
    reader.field("event", name);
    if (!readAs(name, object, event.what)) throw EventFault{"its kind is not known"};
    return event;
}

} // namespace

double unixSeconds() {
    return std::chrono::duration<double>(std::chrono::system_clock::now().time_since_epoch())
        .count();
}

std::int64_t TrainingEvent::step() const {
    return std::visit([](const auto& value) { return value.step; }, what);
}

std::string formatTrainingEvent(const TrainingEvent& event) {
    ordered object;
    EventWriter writer(object);
    writer.field("time", event.time);
    std::visit(
        [&]<typename Type>(const Type& value) {
            object["event"] = kEventName<Type>;
            describe(writer, value);
        },
        event.what);
    return object.dump(-1, ' ', false, ordered::error_handler_t::replace);
}

Result<TrainingEvent> parseTrainingEvent(std::string_view line) {
    if (line.size() > kMaxEventLine)
        return Error{ErrorCode::LimitExceeded, "A line of the trainer is too long."};
    try {
        return readEvent(line);
    } catch (const EventFault& fault) {
        return Error{ErrorCode::InvalidInput,
                     fmt::format("A line of the trainer cannot be used: {}.", fault.message)};
    } catch (const ordered::exception&) {
        return Error{ErrorCode::InvalidInput, "A line of the trainer is not valid JSON."};
    }
}

std::vector<std::string> EventLines::take(std::string_view bytes) {
    std::vector<std::string> lines;
    while (!bytes.empty()) {
        const std::size_t end = bytes.find('\n');
        const std::string_view part = bytes.substr(0, end);
        if (rest_.size() + part.size() > kMaxEventLine) {
            tooLong_ = true;
            rest_.clear();
        } else if (!tooLong_) {
            rest_ += part;
        }
        if (end == std::string_view::npos) break;
        if (!tooLong_) lines.push_back(std::move(rest_));
        rest_.clear();
        tooLong_ = false;
        bytes.remove_prefix(end + 1);
    }
    return lines;
}

} // namespace gesture::training

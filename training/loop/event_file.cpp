// SPDX-License-Identifier: Apache-2.0
#include "training/loop/event_file.h"

#include "core/base/atomic_file.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <bit>

namespace gesture::training {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t kHeaderBytes = 12; ///< Length and its CRC.
constexpr std::size_t kFooterBytes = 4;
constexpr std::size_t kMaxEventFile = std::size_t{1} << 30;
constexpr std::string_view kEventFilePrefix = "events.out.tfevents.";

constexpr std::array<std::uint32_t, 256> castagnoliTable() {
    std::array<std::uint32_t, 256> table{};
    for (std::uint32_t byte = 0; byte < table.size(); ++byte) {
        std::uint32_t value = byte;
        for (int bit = 0; bit < 8; ++bit)
            value = (value >> 1U) ^ ((value & 1U) != 0 ? 0x82F63B78U : 0U);
        table[byte] = value;
    }
    return table;
}

std::uint32_t maskedCrc(std::string_view bytes) {
    const std::uint32_t crc = crc32c(bytes);
    return ((crc >> 15U) | (crc << 17U)) + 0xA282EAD8U;
}

template <typename Number>
void putLittle(std::string& out, Number value) {
    for (std::size_t i = 0; i < sizeof(Number); ++i)
        out += static_cast<char>(value >> (8 * i) & 0xFFU);
}

template <typename Number>
Number littleFrom(std::string_view bytes) {
    Number value = 0;
    for (std::size_t i = 0; i < sizeof(Number); ++i)
        value |= static_cast<Number>(static_cast<unsigned char>(bytes[i])) << (8 * i);
    return value;
}

// Protocol buffers: a field is its number and kind, then its value.
enum class Wire : std::uint8_t { Varint = 0, Eight = 1, Bytes = 2, Four = 5 };

void putVarint(std::string& out, std::uint64_t value) {
    for (; value >= 0x80U; value >>= 7U)
        out += static_cast<char>((value & 0x7FU) | 0x80U);
    out += static_cast<char>(value);
}
void putTag(std::string& out, std::uint32_t field, Wire wire) {
    putVarint(out, field << 3U | static_cast<std::uint32_t>(wire));
}
void putBytes(std::string& out, std::uint32_t field, std::string_view bytes) {
    putTag(out, field, Wire::Bytes);
    putVarint(out, bytes.size());
    out += bytes;
}
void putDouble(std::string& out, std::uint32_t field, double value) {
    putTag(out, field, Wire::Eight);
    putLittle(out, std::bit_cast<std::uint64_t>(value));
}
void putFloat(std::string& out, std::uint32_t field, float value) {
    putTag(out, field, Wire::Four);
    putLittle(out, std::bit_cast<std::uint32_t>(value));
}

bool takeVarint(std::string_view& bytes, std::uint64_t& value) {
    value = 0;
    for (unsigned shift = 0; shift < 64 && !bytes.empty(); shift += 7) {
        const auto byte = static_cast<unsigned char>(bytes.front());
        bytes.remove_prefix(1);
        value |= static_cast<std::uint64_t>(byte & 0x7FU) << shift;
        if ((byte & 0x80U) == 0) return true;
    }
    return false;
}

/// Passes over the value of a field.
bool skipField(std::string_view& bytes, std::uint64_t wire) {
    std::uint64_t size = 0;
    switch (wire) {
    case 0:
        return takeVarint(bytes, size);
    case 1:
        size = 8;
        break;
    case 2:
        if (!takeVarint(bytes, size)) return false;
        break;
    case 5:
        size = 4;
        break;
    default:
        return false;
    }
    if (size > bytes.size()) return false;
    bytes.remove_prefix(size);
    return true;
}

/// Field 2 of `tensorflow.Event`; 0 where it is left out.
std::optional<std::int64_t> stepOf(std::string_view event) {
    constexpr std::uint64_t kStepTag = 2U << 3U;
    std::int64_t step = 0;
    while (!event.empty()) {
        std::uint64_t tag = 0;
        if (!takeVarint(event, tag)) return std::nullopt;
        if (tag == kStepTag) {
            std::uint64_t value = 0;
            if (!takeVarint(event, value)) return std::nullopt;
            step = static_cast<std::int64_t>(value);
        } else if (!skipField(event, tag & 7U)) {
            return std::nullopt;
        }
    }
    return step;
}

fs::path findEventFile(const fs::path& folder) {
    std::error_code code;
    for (fs::directory_iterator file(folder, code), end; !code && file != end; file.increment(code))
        if (file->path().filename().string().starts_with(kEventFilePrefix)) return file->path();
    return {};
}

std::string newEventFileName(double time) {
    std::array<char, 256> host{};
    if (::gethostname(host.data(), host.size() - 1) != 0) host[0] = '\0';
    return fmt::format("{}{}.{}", kEventFilePrefix, static_cast<std::int64_t>(time), host.data());
}

} // namespace

std::uint32_t crc32c(std::string_view bytes) {
    static constexpr std::array<std::uint32_t, 256> kTable = castagnoliTable();
    std::uint32_t crc = 0xFFFFFFFFU;
    for (const char byte : bytes)
        crc = kTable[(crc ^ static_cast<unsigned char>(byte)) & 0xFFU] ^ (crc >> 8U);
    return ~crc;
}

std::string eventRecord(std::string_view bytes) {
    std::string record;
    putLittle(record, static_cast<std::uint64_t>(bytes.size()));
    putLittle(record, maskedCrc(record));
    record += bytes;
    putLittle(record, maskedCrc(bytes));
    return record;
}

std::string versionEvent(double time) {
    std::string event;
    putDouble(event, 1, time);
    putBytes(event, 3, "brain.Event:2");
    return event;
}

std::string scalarEvent(double time, std::int64_t step, const NamedFigures& figures) {
    std::string summary;
    for (const auto& [name, number] : figures) {
        std::string value;
        putBytes(value, 1, name);
        putFloat(value, 2, static_cast<float>(number));
        putBytes(summary, 1, value);
    }
    std::string event;
    putDouble(event, 1, time);
    putTag(event, 2, Wire::Varint);
    putVarint(event, static_cast<std::uint64_t>(step));
    putBytes(event, 5, summary);
    return event;
}

std::string_view eventsUntil(std::string_view file, std::int64_t lastStep) {
    std::size_t good = 0;
    while (file.size() - good >= kHeaderBytes + kFooterBytes) {
        const std::string_view rest = file.substr(good);
        const auto length = littleFrom<std::uint64_t>(rest);
        if (littleFrom<std::uint32_t>(rest.substr(8)) != maskedCrc(rest.substr(0, 8))) break;
        if (length > rest.size() - kHeaderBytes - kFooterBytes) break;
        const std::string_view event = rest.substr(kHeaderBytes, length);
        const std::string_view footer = rest.substr(kHeaderBytes + length);
        if (littleFrom<std::uint32_t>(footer) != maskedCrc(event)) break;
        const auto step = stepOf(event);
        if (!step || *step > lastStep) break;
        good += kHeaderBytes + length + kFooterBytes;
    }
    return file.substr(0, good);
}

Result<EventFile> EventFile::open(const fs::path& folder, std::int64_t lastStep, double time) {
    fs::path path = findEventFile(folder);
    if (path.empty()) {
        path = folder / newEventFileName(time);
    } else {
        const auto text = readTextFile(path, kMaxEventFile);
        if (!text) return text.error();
        const std::string_view kept = eventsUntil(*text, lastStep);
        if (kept.size() < text->size())
            if (auto written = writeTextAtomically(path, kept); !written)
                return std::move(written).error();
    }
    auto file = AppendFile::open(path);
    if (!file) return std::move(file).error();
    if (file->empty())
        if (auto begun = file->append(eventRecord(versionEvent(time))); !begun)
            return std::move(begun).error();
    return EventFile(std::move(*file));
}

Status EventFile::write(double time, std::int64_t step, const NamedFigures& figures) {
    return file_.append(eventRecord(scalarEvent(time, step, figures)));
}

} // namespace gesture::training

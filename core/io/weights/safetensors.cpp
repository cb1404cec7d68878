// SPDX-License-Identifier: Apache-2.0
#include "core/io/weights/safetensors.h"

#include "core/base/atomic_file.h"
#include "core/io/byte_order.h"
#include "core/io/weights/safetensors_header.h"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <new>
#include <numeric>
#include <optional>
#include <utility>

namespace gesture::io {

namespace {

constexpr std::uint64_t kLengthBytes = 8;

Error damaged(const std::string& subject, std::string_view what) {
    return {ErrorCode::InvalidInput,
            fmt::format("{} is not an intact safetensors file: {}. Fetch or convert it again.",
                        subject, what)};
}

/// Reads and parses the header; `dataOffset` is where the tensors begin.
Result<SafetensorsHeader> readHeader(const RandomAccessFile& file, const std::string& subject,
                                     std::uint64_t& dataOffset) {
    std::array<std::byte, kLengthBytes> first{};
    if (file.size() < kLengthBytes) return damaged(subject, "it is too short");
    if (auto got = file.read(0, first); !got) return std::move(got).error().withContext(subject);
    const auto length = littleAt<std::uint64_t>(first, 0);
    if (length > file.size() - kLengthBytes)
        return damaged(subject, "its header is longer than the file");
    if (length > kMaxSafetensorsHeader)
        return Error{ErrorCode::LimitExceeded,
                     fmt::format("{} has a header of {} bytes; at most {} are read.", subject,
                                 length, kMaxSafetensorsHeader)};
    std::string text(length, '\0');
    if (auto got = file.read(kLengthBytes, std::as_writable_bytes(std::span(text))); !got)
        return std::move(got).error().withContext(subject);
    if (text.empty() || text.front() != '{')
        return damaged(subject, "its header does not begin with '{'");
    auto header = parseSafetensorsHeader(text);
    if (!header) {
        const ErrorCode code = header.error().code();
        return Error{code, damaged(subject, header.error().message()).message()};
    }
    dataOffset = kLengthBytes + length;
    return header;
}

/// The tensors must fill the `dataBytes` behind the header exactly.
std::optional<std::string> findGap(const std::vector<SafetensorsHeader::Entry>& entries,
                                   std::uint64_t dataBytes) {
    std::vector<std::size_t> order(entries.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
        return std::pair(entries[a].begin, entries[a].end) <
               std::pair(entries[b].begin, entries[b].end);
    });
    std::uint64_t position = 0;
    for (const std::size_t index : order) {
        const auto& entry = entries[index];
        const std::string name = shownName(entry.info.name);
        if (entry.begin < position) return fmt::format("tensor '{}' overlaps another one", name);
        if (entry.begin > position) return fmt::format("there is a gap before tensor '{}'", name);
        if (entry.end > dataBytes) return fmt::format("tensor '{}' ends behind the file", name);
        position = entry.end;
    }
    if (position != dataBytes) return "there are bytes that belong to no tensor";
    return std::nullopt;
}

bool byLayout(const TensorInfo& a, const TensorInfo& b) {
    const std::size_t sizeA = elementSize(a.type);
    const std::size_t sizeB = elementSize(b.type);
    return sizeA != sizeB ? sizeA > sizeB : a.name < b.name;
}

/// A JSON string of valid UTF-8.
std::string jsonString(std::string_view text) {
    std::string json = "\"";
    for (const char letter : text) {
        if (letter == '"' || letter == '\\') json += '\\';
        if (static_cast<unsigned char>(letter) < 0x20)
            json += fmt::format("\\u{:04x}", static_cast<unsigned>(letter));
        else
            json += letter;
    }
    return json + "\"";
}

std::string entryJson(const TensorInfo& info, std::uint64_t begin, std::uint64_t end) {
    std::string shape;
    for (std::size_t i = 0; i < info.shape.size(); ++i)
        shape += (i > 0 ? "," : "") + std::to_string(info.shape[i]);
    return fmt::format(R"({}:{{"dtype":"{}","shape":[{}],"data_offsets":[{},{}]}})",
                       jsonString(info.name), nameOf(info.type), shape, begin, end);
}

/// The header's JSON, filled up with blanks; `tensors` in the order of the file.
Result<std::string> headerJson(const std::vector<TensorInfo>& tensors,
                               const TensorMetadata& metadata) {
    std::string json = "{";
    if (!metadata.empty()) {
        json += "\"__metadata__\":{";
        for (const auto& [key, value] : metadata)
            json += (json.back() == '{' ? "" : ",") + jsonString(key) + ":" + jsonString(value);
        json += "}";
    }
    std::uint64_t position = 0;
    for (const TensorInfo& info : tensors) {
        const auto bytes = byteCount(info.type, info.shape);
        std::uint64_t end = 0;
        if (!bytes || __builtin_add_overflow(position, *bytes, &end))
            return Error{ErrorCode::LimitExceeded,
                         fmt::format("Tensor '{}' is too large.", info.name)};
        json += (json.back() == '{' ? "" : ",") + entryJson(info, position, end);
        position = end;
    }
    json += "}";
    json.resize((json.size() + 7) / 8 * 8, ' ');
    return json;
}

Status checkNames(const std::vector<TensorInfo>& tensors) {
    std::vector<std::string_view> names;
    for (const TensorInfo& info : tensors) {
        if (!isTensorName(info.name) || info.name == "__metadata__")
            return Error{ErrorCode::InvalidInput,
                         fmt::format("'{}' is no name for a tensor.", shownName(info.name))};
        names.push_back(info.name);
    }
    std::sort(names.begin(), names.end());
    const auto twice = std::adjacent_find(names.begin(), names.end());
    if (twice != names.end())
        return Error{ErrorCode::InvalidInput,
                     fmt::format("There are two tensors with the name '{}'.", *twice)};
    return Status::success();
}

} // namespace

Result<SafetensorsReader> SafetensorsReader::open(const std::filesystem::path& path) {
    SafetensorsReader reader;
    reader.subject_ = "'" + path.string() + "'";
    auto file = RandomAccessFile::open(path);
    if (!file) return std::move(file).error().withContext("Cannot open " + reader.subject_);
    std::uint64_t dataOffset = 0;
    auto header = readHeader(*file, reader.subject_, dataOffset);
    if (!header) return std::move(header).error();
    auto& entries = header->entries;
    if (const auto gap = findGap(entries, file->size() - dataOffset))
        return damaged(reader.subject_, *gap);
    std::sort(entries.begin(), entries.end(),
              [](const auto& a, const auto& b) { return a.info.name < b.info.name; });
    for (auto& entry : entries) {
        if (!reader.tensors_.empty() && reader.tensors_.back().name == entry.info.name)
            return damaged(reader.subject_,
                           fmt::format("tensor '{}' occurs twice", shownName(entry.info.name)));
        reader.offsets_.push_back(dataOffset + entry.begin);
        reader.tensors_.push_back(std::move(entry.info));
    }
    reader.metadata_ = std::move(header->metadata);
    reader.file_ = std::make_shared<const RandomAccessFile>(std::move(*file));
    return reader;
}

const TensorInfo* SafetensorsReader::find(std::string_view name) const {
    const auto found =
        std::lower_bound(tensors_.begin(), tensors_.end(), name,
                         [](const TensorInfo& info, std::string_view n) { return info.name < n; });
    return found == tensors_.end() || found->name != name ? nullptr : &*found;
}

Result<TensorData> SafetensorsReader::read(std::string_view name) const {
    const TensorInfo* info = find(name);
    if (info == nullptr)
        return Error{ErrorCode::NotFound, fmt::format("{} has no tensor '{}'.", subject_, name)};
    try {
        TensorData tensor{info->type, info->shape, {}};
        tensor.bytes.resize(*byteCount(info->type, info->shape));
        if (auto got = readInto(name, tensor.bytes); !got) return std::move(got).error();
        return tensor;
    } catch (const std::bad_alloc&) {
        return Error{
            ErrorCode::OutOfMemory,
            fmt::format("There is not enough memory for tensor '{}' of {}.", name, subject_)};
    }
}

Status SafetensorsReader::readInto(std::string_view name, std::span<std::byte> out) const {
    const TensorInfo* info = find(name);
    if (info == nullptr)
        return Error{ErrorCode::NotFound, fmt::format("{} has no tensor '{}'.", subject_, name)};
    GESTURE_ASSERT(out.size() == *byteCount(info->type, info->shape));
    const auto index = static_cast<std::size_t>(info - tensors_.data());
    if (auto got = file_->read(offsets_[index], out); !got)
        return std::move(got).error().withContext("Cannot read " + subject_);
    if (info->type == TensorType::Bool &&
        std::any_of(out.begin(), out.end(), [](std::byte b) { return b > std::byte{1}; }))
        return damaged(subject_, fmt::format("tensor '{}' is not of type BOOL", name));
    return Status::success();
}

Status writeSafetensors(const SafetensorsContent& content, const ByteSink& sink) {
    if (auto checked = checkNames(content.tensors); !checked) return checked;
    std::vector<TensorInfo> tensors = content.tensors;
    std::sort(tensors.begin(), tensors.end(), byLayout);
    auto json = headerJson(tensors, content.metadata);
    if (!json) return std::move(json).error();
    std::vector<std::byte> length;
    appendLittle<std::uint64_t>(length, json->size());
    if (auto written = sink(length); !written) return written;
    if (auto written = sink(std::as_bytes(std::span(std::as_const(*json)))); !written)
        return written;
    for (const TensorInfo& info : tensors) {
        const auto tensor = content.read(info);
        if (!tensor) return Error(tensor.error());
        GESTURE_ASSERT(tensor->type == info.type && tensor->shape == info.shape &&
                       tensor->bytes.size() == *byteCount(info.type, info.shape));
        if (auto written = sink(tensor->bytes); !written) return written;
    }
    return Status::success();
}

Status writeSafetensorsFile(const std::filesystem::path& target,
                            const SafetensorsContent& content) {
    auto file = AtomicFile::create(target);
    if (!file) return std::move(file).error();
    const auto sink = [&](std::span<const std::byte> bytes) { return file->write(bytes); };
    if (auto written = writeSafetensors(content, sink); !written) return written;
    return file->commit();
}

Status writeSafetensorsFile(const std::filesystem::path& target,
                            const std::map<std::string, TensorData>& tensors,
                            const TensorMetadata& metadata) {
    SafetensorsContent content;
    content.metadata = metadata;
    for (const auto& [name, tensor] : tensors)
        content.tensors.push_back({name, tensor.type, tensor.shape});
    content.read = [&](const TensorInfo& info) -> Result<TensorData> {
        return tensors.at(info.name);
    };
    return writeSafetensorsFile(target, content);
}

} // namespace gesture::io

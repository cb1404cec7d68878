// SPDX-License-Identifier: Apache-2.0
#include "core/io/npz_fields.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <fmt/format.h>
#include <utility>

namespace gesture::io {

namespace {

constexpr std::size_t kMaxTexts = 10'000;

bool fitsShape(std::span<const std::size_t> shape, std::span<const WantedSize> wanted) {
    return std::equal(shape.begin(), shape.end(), wanted.begin(), wanted.end(),
                      [](std::size_t size, const WantedSize& one) { return !one || *one == size; });
}

bool isSingle(std::span<const std::size_t> shape) {
    return std::all_of(shape.begin(), shape.end(), [](std::size_t size) { return size == 1; });
}

} // namespace

Result<NpzFields> NpzFields::open(const std::filesystem::path& path) {
    auto npz = NpzReader::open(path);
    if (!npz) return std::move(npz).error();
    return NpzFields("'" + path.string() + "'", std::move(*npz));
}

Error NpzFields::wrongFile(std::string_view what) const {
    return {ErrorCode::InvalidInput, fmt::format("{}: {}", file_, what)};
}

Error NpzFields::wrongArray(std::string_view name, std::string_view wanted) const {
    const NpzReader::Entry* entry = npz_.find(name);
    const std::string is =
        entry == nullptr ? "absent" : describeShape(entry->shape) + " " + entry->dtype;
    return wrongFile(fmt::format("array '{}' is {}, but {}.", name, is, wanted));
}

Result<std::vector<std::size_t>> NpzFields::shapeOf(std::string_view name) const {
    const NpzReader::Entry* entry = npz_.find(name);
    if (entry != nullptr) return entry->shape;
    return npz_.read(name).error();
}

Result<NpyArray> NpzFields::checked(std::string_view name, std::span<const WantedSize> wanted,
                                    std::string_view words) const {
    auto shape = shapeOf(name);
    if (!shape) return std::move(shape).error();
    if (!fitsShape(*shape, wanted)) return wrongArray(name, fmt::format("should be {}", words));
    return npz_.read(name);
}

template <typename T>
Result<std::vector<T>> NpzFields::numbers(std::string_view name, std::span<const WantedSize> wanted,
                                          std::string_view words) const {
    auto array = checked(name, wanted, words);
    if (!array) return std::move(array).error();
    auto values = array->numbers<T>();
    if (!values)
        return std::move(values).error().withContext(fmt::format("{}: array '{}'", file_, name));
    return values;
}

template <typename T>
Result<T> NpzFields::scalar(std::string_view name) const {
    auto shape = shapeOf(name);
    if (!shape) return std::move(shape).error();
    if (!isSingle(*shape)) return wrongArray(name, "should be a single number");
    const std::vector<WantedSize> any(shape->size());
    auto values = numbers<T>(name, any, "a number");
    if (!values) return std::move(values).error();
    return values->front();
}

Result<std::string> NpzFields::text(std::string_view name, std::size_t maxBytes) const {
    auto shape = shapeOf(name);
    if (!shape) return std::move(shape).error();
    if (!isSingle(*shape)) return wrongArray(name, "should be a single text");
    auto array = npz_.read(name);
    if (!array) return std::move(array).error();
    auto texts = array->strings();
    if (!texts)
        return std::move(texts).error().withContext(fmt::format("{}: array '{}'", file_, name));
    if (texts->front().size() > maxBytes)
        return wrongFile(fmt::format("text '{}' is longer than {} bytes.", name, maxBytes));
    return std::move(texts->front());
}

Result<std::vector<std::string>> NpzFields::texts(std::string_view name) const {
    auto shape = shapeOf(name);
    if (!shape) return std::move(shape).error();
    if (shape->size() != 1 || shape->front() > kMaxTexts)
        return wrongArray(name, "should be a list of texts");
    auto array = npz_.read(name);
    if (!array) return std::move(array).error();
    auto texts = array->strings();
    if (!texts)
        return std::move(texts).error().withContext(fmt::format("{}: array '{}'", file_, name));
    return texts;
}

template Result<std::vector<float>>
    NpzFields::numbers(std::string_view, std::span<const WantedSize>, std::string_view) const;
template Result<std::vector<std::uint8_t>>
    NpzFields::numbers(std::string_view, std::span<const WantedSize>, std::string_view) const;
template Result<std::vector<std::uint32_t>>
    NpzFields::numbers(std::string_view, std::span<const WantedSize>, std::string_view) const;
template Result<std::vector<std::int32_t>>
    NpzFields::numbers(std::string_view, std::span<const WantedSize>, std::string_view) const;
template Result<std::vector<std::int64_t>>
    NpzFields::numbers(std::string_view, std::span<const WantedSize>, std::string_view) const;
template Result<double> NpzFields::scalar(std::string_view) const;
template Result<std::int32_t> NpzFields::scalar(std::string_view) const;

} // namespace gesture::io

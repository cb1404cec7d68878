// SPDX-License-Identifier: Apache-2.0
#include "core/io/weights/safetensors_header.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <utility>

namespace gesture::io {

namespace {

constexpr std::size_t kMaxMetadata = 10'000;

/// Takes the parser's events one by one; the first that does not fit stops it.
class HeaderEvents {
public:
    explicit HeaderEvents(SafetensorsHeader& header)
        : header_(header) {}

    [[nodiscard]] Error failure() const { return {code_, failure_}; }

    bool null() { return unexpected(); }
    bool boolean(bool) { return unexpected(); }
    bool number_integer(std::int64_t) { return fail("a size is negative"); }
    bool number_float(double, const std::string&) { return fail("a size is no whole number"); }
    bool binary(nlohmann::json::binary_t&) { return unexpected(); }

    bool number_unsigned(std::uint64_t value) {
        if (!inArray_) return unexpected();
        if (place_ == Place::Shape) {
            if (entry_.info.shape.size() == kMaxTensorAxes) return fail(named("too many axes"));
            entry_.info.shape.push_back(value);
            return true;
        }
        if (place_ != Place::Offsets || offsets_ == 2) return unexpected();
        (offsets_ == 0 ? entry_.begin : entry_.end) = value;
        ++offsets_;
        return true;
    }

    bool string(std::string& text) {
        if (place_ == Place::Metadata) {
            if (header_.metadata.size() == kMaxMetadata) return fail("too much metadata");
            return header_.metadata.emplace(key_, text).second ? true : twice(key_);
        }
        if (place_ != Place::Type) return unexpected();
        const auto type = tensorTypeFrom(text);
        if (!type) return fail(named("the unknown type '" + shownName(text) + "'"));
        entry_.info.type = *type;
        place_ = Place::Tensor;
        return true;
    }

    bool key(std::string& text) {
        if (place_ == Place::Top) return beginEntry(text);
        if (place_ == Place::Metadata) {
            key_ = text;
            return true;
        }
        if (place_ != Place::Tensor) return unexpected();
        if (text == "dtype") return field(Place::Type, kTypeSeen);
        if (text == "shape") return field(Place::Shape, kShapeSeen);
        if (text == "data_offsets") return field(Place::Offsets, kOffsetsSeen);
        return fail(named("the unknown field '" + shownName(text) + "'"));
    }

    bool start_object(std::size_t) {
        if (place_ == Place::Start)
            place_ = Place::Top;
        else if (place_ == Place::EntryValue)
            place_ = isMetadata_ ? Place::Metadata : Place::Tensor;
        else
            return unexpected();
        return true;
    }

    bool end_object() {
        if (place_ == Place::Tensor && !endEntry()) return false;
        place_ = place_ == Place::Top ? Place::Start : Place::Top;
        return true;
    }

    bool start_array(std::size_t) {
        if ((place_ != Place::Shape && place_ != Place::Offsets) || inArray_) return unexpected();
        inArray_ = true;
        return true;
    }

    bool end_array() {
        if (place_ == Place::Offsets && offsets_ != 2) return fail(named("incomplete offsets"));
        inArray_ = false;
        place_ = Place::Tensor;
        return true;
    }

    bool parse_error(std::size_t position, const std::string&, const nlohmann::detail::exception&) {
        return fail(fmt::format("it is no JSON from byte {} on", position));
    }

private:
    enum class Place { Start, Top, EntryValue, Metadata, Tensor, Type, Shape, Offsets };
    static constexpr unsigned kTypeSeen = 1;
    static constexpr unsigned kShapeSeen = 2;
    static constexpr unsigned kOffsetsSeen = 4;

    bool fail(std::string what, ErrorCode code = ErrorCode::InvalidInput) {
        failure_ = std::move(what);
        code_ = code;
        return false;
    }
    bool unexpected() { return fail("it does not describe tensors"); }
    bool twice(const std::string& name) {
        return fail(fmt::format("'{}' occurs twice", shownName(name)));
    }
    std::string named(const std::string& what) const {
        return fmt::format("tensor '{}' has {}", shownName(entry_.info.name), what);
    }

    bool beginEntry(const std::string& name) {
        isMetadata_ = name == "__metadata__";
        place_ = Place::EntryValue;
        if (isMetadata_) return std::exchange(metadataSeen_, true) ? twice(name) : true;
        if (!isTensorName(name))
            return fail(fmt::format("'{}' is no name for a tensor", shownName(name)));
        if (header_.entries.size() == kMaxTensors)
            return fail(fmt::format("it has more than {} tensors", kMaxTensors),
                        ErrorCode::LimitExceeded);
        entry_ = {};
        entry_.info.name = name;
        seen_ = 0;
        offsets_ = 0;
        return true;
    }

    bool field(Place place, unsigned bit) {
        if ((seen_ & bit) != 0) return fail(named("a field twice"));
        seen_ |= bit;
        place_ = place;
        return true;
    }

    bool endEntry() {
        if (seen_ != (kTypeSeen | kShapeSeen | kOffsetsSeen))
            return fail(named("no type, shape or offsets"));
        const auto bytes = byteCount(entry_.info.type, entry_.info.shape);
        if (!bytes || entry_.end < entry_.begin || entry_.end - entry_.begin != *bytes)
            return fail(named("a size that is not that of its shape"));
        header_.entries.push_back(std::move(entry_));
        return true;
    }

    SafetensorsHeader& header_;
    SafetensorsHeader::Entry entry_;
    Place place_ = Place::Start;
    std::string key_;
    std::string failure_;
    ErrorCode code_ = ErrorCode::InvalidInput;
    unsigned seen_ = 0;
    int offsets_ = 0;
    bool inArray_ = false;
    bool isMetadata_ = false;
    bool metadataSeen_ = false;
};

} // namespace

Result<SafetensorsHeader> parseSafetensorsHeader(std::string_view json) {
    SafetensorsHeader header;
    HeaderEvents events(header);
    if (!nlohmann::json::sax_parse(json, &events)) return events.failure();
    return header;
}

} // namespace gesture::io

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/io/byte_order.h"
#include "tests/core/io/raw_zip.h"

#include <cstdint>
#include <string>

namespace gesture::test {

/// Writes pickles instruction by instruction, also those that Python would never write.
class PickleAssembler {
public:
    PickleAssembler& op(int code) {
        bytes_.push_back(static_cast<std::byte>(code));
        return *this;
    }
    PickleAssembler& raw(const std::string& text) {
        const ByteVector more = bytesOf(text);
        bytes_.insert(bytes_.end(), more.begin(), more.end());
        return *this;
    }
    PickleAssembler& proto(int version) { return op(0x80).op(version); }
    PickleAssembler& global(const std::string& module, const std::string& name) {
        return op('c').raw(module + "\n" + name + "\n");
    }
    PickleAssembler& text(const std::string& value) {
        op('X');
        io::appendLittle(bytes_, static_cast<std::uint32_t>(value.size()));
        return raw(value);
    }
    PickleAssembler& integer(std::int64_t value) {
        op(0x8a).op(8);
        io::appendLittle(bytes_, static_cast<std::uint64_t>(value));
        return *this;
    }
    PickleAssembler& mark() { return op('('); }
    PickleAssembler& tuple() { return op('t'); }
    PickleAssembler& emptyTuple() { return op(')'); }
    PickleAssembler& stop() { return op('.'); }

    [[nodiscard]] const ByteVector& bytes() const { return bytes_; }

private:
    ByteVector bytes_;
};

} // namespace gesture::test

// SPDX-License-Identifier: Apache-2.0
// The pickle machine's instructions for plain data, and the table of all instructions
// (CPython's Lib/pickletools.py is the reference).
#include "core/io/weights/pickle_machine.h"

#include <bit>
#include <charconv>
#include <cstring>
#include <fmt/format.h>

namespace gesture::io {

using Machine = PickleMachine;

const std::array<Machine::Opcode, 61> Machine::kOpcodes{{
    {0x80, &Machine::opProto},
    {0x95, &Machine::opFrame},
    {'.', &Machine::opStop},
    {'(', &Machine::opMark},
    {'0', &Machine::opPop},
    {'1', &Machine::opPopMark},
    {'2', &Machine::opDup},
    {'N', &Machine::opNone},
    {0x88, &Machine::opTrue},
    {0x89, &Machine::opFalse},
    {'I', &Machine::opInt},
    {'J', &Machine::opBinInt},
    {'K', &Machine::opBinInt1},
    {'M', &Machine::opBinInt2},
    {'L', &Machine::opLong},
    {0x8a, &Machine::opLong1},
    {0x8b, &Machine::opLong4},
    {'F', &Machine::opFloat},
    {'G', &Machine::opBinFloat},
    {'S', &Machine::opString},
    {'T', &Machine::opBinString},
    {'U', &Machine::opShortBinString},
    {'V', &Machine::opUnicode},
    {'X', &Machine::opBinUnicode},
    {0x8c, &Machine::opShortBinUnicode},
    {0x8d, &Machine::opBinUnicode8},
    {'B', &Machine::opBinBytes},
    {'C', &Machine::opShortBinBytes},
    {0x8e, &Machine::opBinBytes8},
    {')', &Machine::opEmptyTuple},
    {'t', &Machine::opTuple},
    {0x85, &Machine::opTuple1},
    {0x86, &Machine::opTuple2},
    {0x87, &Machine::opTuple3},
    {']', &Machine::opEmptyList},
    {'l', &Machine::opList},
    {'a', &Machine::opAppend},
    {'e', &Machine::opAppends},
    {'}', &Machine::opEmptyDict},
    {'d', &Machine::opDict},
    {'s', &Machine::opSetItem},
    {'u', &Machine::opSetItems},
    {'p', &Machine::opPut},
    {'q', &Machine::opBinPut},
    {'r', &Machine::opLongBinPut},
    {0x94, &Machine::opMemoize},
    {'g', &Machine::opGet},
    {'h', &Machine::opBinGet},
    {'j', &Machine::opLongBinGet},
    {'c', &Machine::opGlobal},
    {0x93, &Machine::opStackGlobal},
    {'R', &Machine::opReduce},
    {0x81, &Machine::opNewObject},
    {'b', &Machine::opBuild},
    {'Q', &Machine::opBinPersistent},
    {'P', &Machine::opPersistent},
    {'i', &Machine::opInstance},
    {'o', &Machine::opObject},
    {0x92, &Machine::opNewObjectEx},
    {0x82, &Machine::opExtension},
    {0x8f, &Machine::opSetOrBuffer},
}};

std::array<Machine::Handler, 256> Machine::handlerTable() {
    std::array<Handler, 256> table{};
    for (const Opcode& opcode : kOpcodes)
        table[opcode.code] = opcode.handler;
    for (const int extension : {0x83, 0x84})
        table[static_cast<std::size_t>(extension)] = &Machine::opExtension;
    for (const int code : {0x90, 0x91, 0x96, 0x97, 0x98})
        table[static_cast<std::size_t>(code)] = &Machine::opSetOrBuffer;
    return table;
}

template <typename T>
bool Machine::takeNumber(T& value) {
    if (sizeof(T) > bytes_.size() - position_) return damaged("the pickle ends too early");
    std::memcpy(&value, bytes_.data() + position_, sizeof(T));
    position_ += sizeof(T);
    return true;
}

// The machine's loop and frames read numbers too.
template bool Machine::takeNumber<std::uint8_t>(std::uint8_t&);
template bool Machine::takeNumber<std::uint64_t>(std::uint64_t&);

template <typename Length>
bool Machine::sizedText(PickleKind kind) {
    Length length = 0;
    return takeNumber(length) && takeText(length, kind);
}

bool Machine::pushInteger(std::int64_t value) {
    return push({PickleKind::Integer, 0, std::bit_cast<std::uint64_t>(value)});
}

/// Two's complement of `length` bytes, lowest first.
bool Machine::takeLong(std::uint64_t length) {
    if (length > bytes_.size() - position_) return damaged("a number ends behind the pickle");
    if (length > sizeof(std::int64_t)) return tooLarge("digits in one number");
    std::uint64_t value = 0;
    std::memcpy(&value, bytes_.data() + position_, length);
    position_ += length;
    if (length > 0 && length < sizeof(value) && (value >> (8 * length - 1)) != 0)
        value |= ~std::uint64_t{0} << (8 * length);
    return push({PickleKind::Integer, 0, value});
}

bool Machine::opNone() { return push({}); }
bool Machine::opTrue() { return push({PickleKind::Bool, 0, 1}); }
bool Machine::opFalse() { return push({PickleKind::Bool, 0, 0}); }

bool Machine::opInt() {
    std::string_view line;
    if (!takeLine(line)) return false;
    if (line == "00" || line == "01") return line == "01" ? opTrue() : opFalse();
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(line.data(), line.data() + line.size(), value);
    if (error != std::errc{} || end != line.data() + line.size()) return damaged("a wrong number");
    return pushInteger(value);
}

bool Machine::opBinInt() {
    std::int32_t value = 0;
    return takeNumber(value) && pushInteger(value);
}

bool Machine::opBinInt1() {
    std::uint8_t value = 0;
    return takeNumber(value) && pushInteger(value);
}

bool Machine::opBinInt2() {
    std::uint16_t value = 0;
    return takeNumber(value) && pushInteger(value);
}

bool Machine::opLong() {
    std::string_view line;
    if (!takeLine(line)) return false;
    if (!line.empty() && line.back() == 'L') line.remove_suffix(1);
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(line.data(), line.data() + line.size(), value);
    if (error != std::errc{} || end != line.data() + line.size()) return damaged("a wrong number");
    return pushInteger(value);
}

bool Machine::opLong1() {
    std::uint8_t length = 0;
    return takeNumber(length) && takeLong(length);
}

bool Machine::opLong4() {
    std::uint32_t length = 0;
    return takeNumber(length) && takeLong(length);
}

bool Machine::opFloat() {
    std::string_view line;
    if (!takeLine(line)) return false;
    double value = 0;
    const auto [end, error] = std::from_chars(line.data(), line.data() + line.size(), value);
    if (error != std::errc{} || end != line.data() + line.size()) return damaged("a wrong number");
    return push({PickleKind::Float, 0, std::bit_cast<std::uint64_t>(value)});
}

bool Machine::opBinFloat() {
    std::uint64_t bits = 0;
    if (!takeNumber(bits)) return false;
    return push({PickleKind::Float, 0, __builtin_bswap64(bits)});
}

/// A text in quotes; without backslashes, so that it stands as it is.
bool Machine::opString() {
    std::string_view line;
    if (!takeLine(line)) return false;
    const bool quoted = line.size() >= 2 && line.front() == line.back() &&
                        (line.front() == '\'' || line.front() == '"');
    if (!quoted || line.find('\\') != std::string_view::npos) return damaged("a wrong text");
    position_ -= line.size();
    return takeText(line.size() - 2, PickleKind::Bytes) && (position_ += 2, true);
}

bool Machine::opUnicode() {
    std::string_view line;
    if (!takeLine(line)) return false;
    if (line.find('\\') != std::string_view::npos) return damaged("a wrong text");
    position_ -= line.size() + 1;
    return takeText(line.size(), PickleKind::Text) && (++position_, true);
}

bool Machine::opBinString() { return sizedText<std::uint32_t>(PickleKind::Bytes); }
bool Machine::opShortBinString() { return sizedText<std::uint8_t>(PickleKind::Bytes); }
bool Machine::opBinUnicode() { return sizedText<std::uint32_t>(PickleKind::Text); }
bool Machine::opShortBinUnicode() { return sizedText<std::uint8_t>(PickleKind::Text); }
bool Machine::opBinUnicode8() { return sizedText<std::uint64_t>(PickleKind::Text); }
bool Machine::opBinBytes() { return sizedText<std::uint32_t>(PickleKind::Bytes); }
bool Machine::opShortBinBytes() { return sizedText<std::uint8_t>(PickleKind::Bytes); }
bool Machine::opBinBytes8() { return sizedText<std::uint64_t>(PickleKind::Bytes); }

bool Machine::opEmptyTuple() { return pushNode(PickleKind::Tuple, {}); }
bool Machine::opTuple1() { return tupleOf(1); }
bool Machine::opTuple2() { return tupleOf(2); }
bool Machine::opTuple3() { return tupleOf(3); }

bool Machine::opTuple() {
    std::vector<PickleValue> items;
    return popToMark(items) && pushNode(PickleKind::Tuple, std::move(items));
}

bool Machine::opEmptyList() { return pushNode(PickleKind::List, {}); }

bool Machine::opList() {
    std::vector<PickleValue> items;
    return popToMark(items) && pushNode(PickleKind::List, std::move(items));
}

bool Machine::opAppend() {
    PickleValue item;
    if (!pop(item)) return false;
    if (stack_.size() <= floor() || stack_.back().kind != PickleKind::List)
        return damaged("a list is missing");
    return extend(stack_.back(), std::span(&item, 1));
}

bool Machine::opAppends() {
    std::vector<PickleValue> items;
    if (!popToMark(items)) return false;
    if (stack_.size() <= floor() || stack_.back().kind != PickleKind::List)
        return damaged("a list is missing");
    return extend(stack_.back(), items);
}

bool Machine::opEmptyDict() { return pushNode(PickleKind::Dict, {}); }

bool Machine::opDict() {
    std::vector<PickleValue> items;
    if (!popToMark(items)) return false;
    if (items.size() % 2 != 0) return damaged("a value is missing");
    return pushNode(PickleKind::Dict, std::move(items));
}

bool Machine::opSetItem() {
    std::array<PickleValue, 2> item;
    if (!pop(item[1]) || !pop(item[0])) return false;
    if (stack_.size() <= floor() || stack_.back().kind != PickleKind::Dict)
        return damaged("a dictionary is missing");
    return extend(stack_.back(), item);
}

bool Machine::opSetItems() {
    std::vector<PickleValue> items;
    if (!popToMark(items)) return false;
    if (items.size() % 2 != 0) return damaged("a value is missing");
    if (stack_.size() <= floor() || stack_.back().kind != PickleKind::Dict)
        return damaged("a dictionary is missing");
    return extend(stack_.back(), items);
}

bool Machine::opPut() {
    std::string_view line;
    if (!takeLine(line)) return false;
    std::uint64_t index = 0;
    const auto [end, error] = std::from_chars(line.data(), line.data() + line.size(), index);
    if (error != std::errc{} || end != line.data() + line.size()) return damaged("a wrong number");
    return remember(index);
}

bool Machine::opBinPut() {
    std::uint8_t index = 0;
    return takeNumber(index) && remember(index);
}

bool Machine::opLongBinPut() {
    std::uint32_t index = 0;
    return takeNumber(index) && remember(index);
}

bool Machine::opMemoize() { return remember(memo_.size()); }

bool Machine::opGet() {
    std::string_view line;
    if (!takeLine(line)) return false;
    std::uint64_t index = 0;
    const auto [end, error] = std::from_chars(line.data(), line.data() + line.size(), index);
    if (error != std::errc{} || end != line.data() + line.size()) return damaged("a wrong number");
    return recall(index);
}

bool Machine::opBinGet() {
    std::uint8_t index = 0;
    return takeNumber(index) && recall(index);
}

bool Machine::opLongBinGet() {
    std::uint32_t index = 0;
    return takeNumber(index) && recall(index);
}

} // namespace gesture::io

// SPDX-License-Identifier: Apache-2.0
#include "tests/core/io/weights/hostile_files.h"

#include "tests/core/io/file_damage.h"
#include "tests/core/io/weights/golden_weights.h"

#include <algorithm>
#include <fmt/format.h>
#include <initializer_list>
#include <limits>

namespace gesture::test {

namespace {

using io::appendLittle;

constexpr std::int64_t kHuge = std::numeric_limits<std::int64_t>::max();

void append(ByteVector& bytes, const ByteVector& more) {
    bytes.insert(bytes.end(), more.begin(), more.end());
}

RawMember member(const std::string& name, const ByteVector& bytes) {
    RawMember result = storedMember(name, "");
    result.crc = checksum(bytes);
    result.size = bytes.size();
    result.data = bytes;
    return result;
}

std::vector<RawMember> torchMembers(const ByteVector& pickle) {
    return {member("x/data.pkl", pickle), storedMember("x/byteorder", "little"),
            member("x/data/0", ByteVector(24)), storedMember("x/version", "3\n")};
}

HostileFile inZip(const std::string& name, const PickleAssembler& pickle,
                  const std::string& reason = {}) {
    return {name + ".bin", torchZip(pickle.bytes()), reason};
}

PickleAssembler start(int protocol = 2) { return PickleAssembler().proto(protocol); }

std::string repeated(const std::string& text, std::size_t count) {
    std::string result;
    for (std::size_t i = 0; i < count; ++i)
        result += text;
    return result;
}

} // namespace

ByteVector torchZip(const ByteVector& pickle) { return rawZip(torchMembers(pickle)); }

ByteVector torchLegacy(const ByteVector& pickle) {
    PickleAssembler head;
    head.raw(std::string("\x80\x02\x8a\x0a\x6c\xfc\x9c\x46\xf9\x20\x6a\xa8\x50\x19.", 15));
    head.proto(2).integer(1001).stop();
    head.proto(2).op('}').text("little_endian").op(0x88).op('s').stop();
    ByteVector bytes = head.bytes();
    append(bytes, pickle);
    append(bytes, start().op(']').text("0").op('a').stop().bytes());
    appendLittle<std::uint64_t>(bytes, 6);
    bytes.resize(bytes.size() + 24);
    return bytes;
}

void appendTensor(PickleAssembler& pickle, const TensorText& text) {
    pickle.global("torch._utils", "_rebuild_tensor_v2").mark();
    pickle.mark().text("storage").global("torch", text.storageClass).text("0").text("cuda:0");
    pickle.integer(text.count).tuple().op('Q').integer(text.offset);
    for (const auto* numbers : {&text.size, &text.stride}) {
        pickle.mark();
        for (const std::int64_t number : *numbers)
            pickle.integer(number);
        pickle.tuple();
    }
    pickle.op(0x89).global("collections", "OrderedDict").emptyTuple().op('R').tuple().op('R');
}

PickleAssembler tensorPickle(const TensorText& text) {
    PickleAssembler pickle = start();
    appendTensor(pickle.op('}').text("w"), text);
    return pickle.op('s').stop();
}

HostileFiles hostilePickles() {
    HostileFiles files;
    const auto add = [&](const std::string& name, const PickleAssembler& pickle,
                         const std::string& reason = {}) {
        files.push_back(inZip("pickle." + name, pickle, reason));
    };
    add("empty", PickleAssembler());
    add("no_stop", start().op('N'));
    add("stop_only", start().stop(), "ends in the middle");
    add("two_values", start().op('N').op('N').stop(), "ends in the middle");
    add("open_mark", start().op('N').mark().stop(), "ends in the middle");
    add("nothing", start().op('N').stop(), "holds no tensors");
    add("number", start().integer(3).stop(), "holds no tensors");
    add("nested_lists", start().raw(repeated("]", 30'000)).raw(repeated("a", 29'999)).stop(),
        "holds no tensors");
    add("nested_tuples", start().op('N').raw(repeated("\x85", 200'000)).stop(), "holds no tensors");
    add("marks", start().raw(repeated("(", 100'000)), "open marks");
    add("stack", start().raw(repeated("N", 100'000)), "values at a time");
    add("containers", start().raw(repeated("]0", 300'000)), "containers");
    add("instructions", start().raw(repeated("N0", 2'500'000)), "instructions");
    add("long_binput", start().op('N').op('r').raw("\xff\xff\xff\xff").stop(), "memo entries");
    add("put", start().op('N').raw("p4000000000\n").stop(), "memo entries");
    add("put_negative", start().op('N').raw("p-1\n").stop(), "a wrong number");
    add("get_missing", start().raw("h").op(3).stop(), "memo entry is missing");
    add("get_far", start().raw("j\xff\xff\xff\x7f").stop(), "memo entry is missing");
    add("get_text", start().raw("gx\n").stop(), "a wrong number");
    // Each turn doubles a list that would be 2^40 entries long if it were copied.
    PickleAssembler laughs = start();
    laughs.op(']').raw("q").op(0);
    for (int i = 0; i < 40; ++i)
        laughs.op('0').op(']').mark().raw("h").op(i).raw("h").op(i).op('e').raw("q").op(i + 1);
    add("doubling", laughs.stop(), "holds no tensors");
    // A list that is filled by itself, again and again.
    PickleAssembler filling = start();
    filling.op(']').raw("q").op(0);
    for (int i = 0; i < 60; ++i)
        filling.mark().raw(repeated("N", 60'000)).op('e');
    add("items", filling.stop(), "items");
    for (const auto& [name, head] : std::vector<std::pair<std::string, std::string>>{
             {"binunicode", "X"}, {"binstring", "T"}, {"binbytes", "B"}, {"long4", "\x8b"}})
        for (const std::string& length :
             {std::string("\xff\xff\xff\xff"), std::string("\xff\xff\xff\x7f"),
              std::string("\x40\0\0\0", 4)})
            add(fmt::format("{}.{}", name, static_cast<int>(length[3])),
                start(4).raw(head).raw(length).stop());
    for (const std::string head : std::initializer_list<const char*>{"\x8d", "\x8e", "\x95"})
        for (const std::string& length :
             {std::string(8, '\xff'), std::string("\x40\0\0\0\0\0\0\0", 8)})
            add(fmt::format("eight.{:x}.{}", static_cast<unsigned char>(head[0]),
                            static_cast<int>(length[7])),
                start(4).raw(head).raw(length).stop());
    add("long1", start().op(0x8a).op(200).raw(std::string(200, 'x')).stop(), "digits");
    add("short_text", start().raw("U\xff").stop(), "ends behind");
    for (const int code : {0x82, 0x83, 0x84})
        add(fmt::format("ext.{:x}", code), start().op(code).raw("\1\1\1\1").stop(), "EXT");
    for (const int code : {0x8f, 0x90, 0x91, 0x96, 0x97, 0x98})
        add(fmt::format("set.{:x}", code), start(4).op(code).raw(std::string(8, '\1')).stop(),
            "of a set or buffer");
    add("newobj_ex", start(4).op('N').op('N').op('N').op(0x92).stop(), "NEWOBJ_EX");
    add("newobj_allowed", start().global("collections", "OrderedDict").emptyTuple().op(0x81).stop(),
        "NEWOBJ");
    add("inst_allowed", start().mark().raw("icollections\nOrderedDict\n").stop(), "INST");
    add("obj_allowed", start().mark().global("collections", "OrderedDict").op('o').stop(), "OBJ");
    add("persid", start().raw("Pstorage\n").stop(), "PERSID");
    add("reduce_text", start().text("os.system").emptyTuple().op('R').stop(), "REDUCE");
    add("reduce_result",
        start().global("torch", "Size").emptyTuple().op('R').emptyTuple().op('R').stop(), "REDUCE");
    add("reduce_list", start().global("torch", "Size").op(']').op('R').stop(), "REDUCE");
    add("ordered_contents",
        start().global("collections", "OrderedDict").op(']').op(0x85).op('R').stop(), "REDUCE");
    add("build_list", start().op(']').op('}').op('b').stop(), "BUILD");
    add("build_size", start().global("torch", "Size").emptyTuple().op('R').op('}').op('b').stop(),
        "BUILD");
    add("build_state",
        start()
            .global("collections", "OrderedDict")
            .emptyTuple()
            .op('R')
            .op('}')
            .text("__dict__")
            .op('N')
            .op('s')
            .op('b')
            .stop(),
        "BUILD");
    add("build_tuple",
        start()
            .global("collections", "OrderedDict")
            .emptyTuple()
            .op('R')
            .op('N')
            .op('}')
            .op(0x86)
            .op('b')
            .stop(),
        "BUILD");
    add("stack_global_numbers", start(4).integer(1).integer(2).op(0x93).stop(), "name is no text");
    add("global_no_line", start().raw("cos").stop(), "line does not end");
    add("global_long_line", start().raw("c" + std::string(5000, 'a') + "\nb\n").stop(),
        "line does not end");
    add("append_to_number", start().integer(1).integer(2).op('a').stop(), "list is missing");
    add("setitem_on_list", start().op(']').op('N').op('N').op('s').stop(), "dictionary is missing");
    add("setitems_odd", start().op('}').mark().op('N').op('u').stop(), "value is missing");
    add("dict_odd", start().mark().op('N').op('d').stop(), "value is missing");
    add("tuple_no_mark", start().op('N').tuple().stop(), "mark is missing");
    add("pop_below_mark", start().op('N').mark().op('0').stop(), "value is missing");
    add("tuple3_short", start().op('N').op(0x87).stop(), "value is missing");
    add("int_text", start().raw("Iabc\n").stop(), "wrong number");
    add("float_text", start().raw("F1.5x\n").stop(), "wrong number");
    add("string_quotes", start().raw("S'abc\n").stop(), "wrong text");
    add("proto_9", start(9).op('N').stop(), "version 9");
    for (const int code : {0x00, 0x7f, 0x99, 0xff})
        add(fmt::format("unknown.{:x}", code), start().op(code).stop(), "is no instruction");
    return files;
}

HostileFiles hostileTensors() {
    HostileFiles files;
    const auto add = [&](const std::string& name, const TensorText& text,
                         const std::string& reason = {}) {
        const ByteVector pickle = tensorPickle(text).bytes();
        files.push_back({"tensor." + name + ".bin", torchZip(pickle), reason});
        files.push_back({"tensor." + name + ".legacy.bin", torchLegacy(pickle), reason});
    };
    add("offset_negative", {.offset = -1}, "offset");
    add("offset_behind", {.offset = 7}, "outside its storage");
    add("offset_one", {.offset = 1}, "outside its storage");
    add("offset_huge", {.offset = kHuge}, "outside its storage");
    add("size_negative", {.size = {-2, 3}}, "size or stride");
    add("size_large", {.size = {3, 3}}, "more elements");
    add("size_huge", {.size = {kHuge, kHuge}}, "larger than any memory");
    add("size_product", {.size = {1LL << 32, 1LL << 32}}, "larger than any memory");
    add("size_expanded", {.size = {1LL << 40, 1}, .stride = {0, 1}}, "more elements");
    add("stride_negative", {.stride = {-3, 1}}, "size or stride");
    add("stride_beyond", {.stride = {4, 1}}, "outside its storage");
    add("stride_huge", {.stride = {kHuge, 1}}, "outside its storage");
    add("stride_overflow", {.size = {3, 2}, .stride = {kHuge, kHuge}}, "outside its storage");
    add("stride_short", {.stride = {1}}, "size or stride");
    add("axes",
        {.size = std::vector<std::int64_t>(33, 1), .stride = std::vector<std::int64_t>(33, 1)},
        "size or stride");
    add("count_negative", {.count = -6}, "wrong storage");
    add("count_less", {.count = 5}, "more elements");
    add("count_more", {.count = 7});
    add("count_huge", {.count = kHuge}, "without end");
    add("count_large", {.count = 1LL << 40});
    add("type_wider", {.storageClass = "DoubleStorage"});
    add("type_narrower", {.storageClass = "HalfStorage"});
    add("type_unknown", {.storageClass = "ComplexFloatStorage"}, "asks for");
    add("type_quantized", {.storageClass = "QInt8Storage"}, "asks for");

    const auto described = [&](const std::string& name, const PickleAssembler& pickle,
                               const std::string& reason) {
        files.push_back(inZip("tensor." + name, pickle, reason));
    };
    PickleAssembler twice = start();
    appendTensor(twice.op('}').text("w"), {});
    appendTensor(twice.op('s').text("w"), {});
    described("name_twice", twice.op('s').stop(), "occurs twice");
    PickleAssembler contradiction = start();
    appendTensor(contradiction.op('}').text("v"), {});
    appendTensor(contradiction.op('s').text("w"), {.storageClass = "IntStorage"});
    described("storage_of_two_types", contradiction.op('s').stop(), "contradicts");
    for (const std::string& name :
         {std::string(), std::string("a\nb"), std::string("\xff"), std::string(2000, 'n')}) {
        PickleAssembler pickle = start();
        appendTensor(pickle.op('}').text(name), {});
        described(fmt::format("name.{}", name.size()), pickle.op('s').stop(), "proper name");
    }
    const auto head = [] {
        return start().op('}').text("w").global("torch._utils", "_rebuild_tensor_v2");
    };
    described("no_arguments", head().emptyTuple().op('R').op('s').stop(), "unknown way");
    described("number_for_storage",
              head()
                  .mark()
                  .integer(1)
                  .integer(0)
                  .emptyTuple()
                  .emptyTuple()
                  .op(0x89)
                  .op('N')
                  .tuple()
                  .op('R')
                  .op('s')
                  .stop(),
              "no storage");
    described("persistent_text",
              head()
                  .mark()
                  .text("storage")
                  .op('Q')
                  .integer(0)
                  .emptyTuple()
                  .emptyTuple()
                  .op(0x89)
                  .op('N')
                  .tuple()
                  .op('R')
                  .op('s')
                  .stop(),
              "no storage");
    described("persistent_module",
              head()
                  .mark()
                  .mark()
                  .text("module")
                  .op('N')
                  .op('N')
                  .op('N')
                  .op('N')
                  .tuple()
                  .op('Q')
                  .integer(0)
                  .emptyTuple()
                  .emptyTuple()
                  .op(0x89)
                  .op('N')
                  .tuple()
                  .op('R')
                  .op('s')
                  .stop(),
              "no storage");
    described("parameter_of_nothing",
              start()
                  .op('}')
                  .text("w")
                  .global("torch._utils", "_rebuild_parameter")
                  .emptyTuple()
                  .op('R')
                  .op('s')
                  .stop(),
              "unknown way");
    // One storage, thousands of tensors: a small file that would unpack to a large one.
    PickleAssembler shared = start();
    appendTensor(shared.op('}').text("w0"), {.count = 250'000, .size = {250'000}, .stride = {1}});
    shared.raw("q").op(0).op('s');
    for (int i = 1; i < 4000; ++i)
        shared.text(fmt::format("w{}", i)).raw("h").op(0).op('s');
    std::vector<RawMember> members = torchMembers(shared.stop().bytes());
    members[2] = member("x/data/0", ByteVector(1'000'000));
    files.push_back({"tensor.shared_bomb.bin", rawZip(members), "times its size"});
    return files;
}

HostileFiles hostileContainers() {
    HostileFiles files;
    const ByteVector pickle = tensorPickle().bytes();
    const auto add = [&](const std::string& name, const std::vector<RawMember>& members,
                         const std::string& reason = {}, const RawEnd& directory = {}) {
        files.push_back({"container." + name + ".pt", rawZip(members, directory), reason});
    };
    const std::vector<RawMember> honest = torchMembers(pickle);
    const auto changed = [&](std::size_t index, const RawMember& replacement) {
        auto members = honest;
        members[index] = replacement;
        return members;
    };
    const auto extended = [&](const RawMember& more) {
        auto members = honest;
        members.push_back(more);
        return members;
    };
    add("no_pickle", {honest[1], honest[2]}, "without 'data.pkl'");
    add("two_pickles", extended(member("y/data.pkl", pickle)), "two parts named 'data.pkl'");
    add("script", extended(storedMember("x/constants.pkl", "")), "TorchScript");
    add("code", extended(storedMember("x/code/a.py", "")), "TorchScript");
    add("big_endian", changed(1, storedMember("x/byteorder", "big")), "big-endian");
    add("byteorder_long", changed(1, storedMember("x/byteorder", std::string(100, 'l'))));
    add("no_storage", changed(2, storedMember("x/other", "")), "lacks its part 'data/0'");
    add("short_storage", changed(2, member("x/data/0", ByteVector(23))), "23 bytes instead of 24");
    add("long_storage", changed(2, member("x/data/0", ByteVector(25))), "25 bytes instead of 24");
    add("packed_storage", changed(2, deflatedMember("x/data/0", ByteVector(24))), "packed again");
    add("duplicate", extended(member("x/data/0", ByteVector(24))), "occurs twice");
    add("parent", extended(storedMember("x/../../a", "")));
    add("absolute", extended(storedMember("/etc/passwd", "")));
    RawMember overlapping = honest[2];
    overlapping.name = overlapping.localName.emplace("x/data/1");
    overlapping.localOffset = 0;
    add("overlap", extended(overlapping));
    RawMember lying = honest[2];
    lying.localSize = 4000;
    add("local_size", changed(2, lying), "contradicts");
    RawMember encrypted = honest[2];
    encrypted.flags = 1;
    add("encrypted", changed(2, encrypted));
    add("bomb", changed(0, deflatedMember("x/data.pkl", ByteVector(30'000'000))), "times its size");
    RawMember declared = deflatedMember("x/data.pkl", pickle);
    declared.size = 0xfffffff0;
    add("declared", changed(0, declared));
    std::vector<RawMember> many = honest;
    for (int i = 0; i < 20'001; ++i)
        many.push_back(storedMember(fmt::format("x/data/n{}", i), ""));
    add("many", many, "at most 20000");
    RawEnd end;
    end.entries = 60'000;
    add("entries", honest, {}, end);
    end = {};
    end.directorySize = 0xfffffffe;
    add("directory_size", honest, {}, end);
    end = {};
    end.directoryOffset = 0xfffffffe;
    add("directory_offset", honest, {}, end);
    RawMember broken = honest[0];
    broken.crc ^= 1;
    add("checksum", changed(0, broken), "checksum");
    // PyTorch writes two end records; here they differ in the number of entries.
    ByteVector differing = readBytes(goldenWeights("network.bin"));
    for (const std::size_t back : {14U, 12U})
        differing[differing.size() - back] = std::byte{3};
    files.push_back({"container.differing.bin", differing, "two directories differ"});
    files.push_back({"container.empty.bin", {}, "is empty"});
    files.push_back({"container.text.bin", bytesOf("<html>404</html>"), "no file of torch.save"});
    files.push_back({"container.pk.bin", bytesOf("PK\3\4 and nothing more"), {}});
    ByteVector tar(1024);
    std::copy_n(bytesOf("ustar").begin(), 5, tar.begin() + 257);
    files.push_back({"container.tar.bin", tar, "tar archive"});

    const ByteVector legacy = torchLegacy(pickle);
    ByteVector more = legacy;
    more.push_back(std::byte{0});
    files.push_back({"legacy.more.bin", more, "behind its storages"});
    ByteVector count = legacy;
    count[count.size() - 32] = std::byte{7};
    files.push_back({"legacy.count.bin", count, "another size"});
    ByteVector version = legacy;
    version[20] = std::byte{1};
    files.push_back({"legacy.version.bin", version, "unknown version"});
    ByteVector order = legacy;
    std::replace(order.begin(), order.begin() + 80, std::byte{0x88}, std::byte{0x89});
    files.push_back({"legacy.big_endian.bin", order, "big-endian"});
    return files;
}

HostileFiles truncatedFiles() {
    HostileFiles files;
    for (const auto& [name, tensors] : goldenTensors()) {
        const ByteVector whole = readBytes(goldenWeights(name));
        std::vector<std::size_t> cuts{1, 2, 8, 15, 16, 64, whole.size() / 2, whole.size() - 1};
        for (std::size_t i = 1; i + 4 < whole.size(); ++i)
            if (std::string_view(reinterpret_cast<const char*>(&whole[i]), 2) == "PK" &&
                whole[i + 2] <= std::byte{8})
                cuts.push_back(i);
        std::sort(cuts.begin(), cuts.end());
        cuts.erase(std::unique(cuts.begin(), cuts.end()), cuts.end());
        for (const std::size_t cut : cuts)
            files.push_back({fmt::format("cut{}.{}", cut, name),
                             {whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(cut)},
                             {}});
    }
    return files;
}

} // namespace gesture::test

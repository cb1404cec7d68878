// SPDX-License-Identifier: Apache-2.0
#include "training/config/config_tree.h"

#include "core/base/utf8.h"

#include <fmt/format.h>
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <new>
#include <optional>
#include <sstream>
#include <utility>

namespace gesture::training {

namespace {

constexpr std::size_t kMaxKey = 128;

/// Stops the reading; thrown and caught in this file alone.
struct TreeFault {
    ErrorCode code;
    std::string message;
};

[[noreturn]] void refuseTree(const YAML::Mark& mark, std::string_view what) {
    throw TreeFault{ErrorCode::InvalidInput, fmt::format("line {}: {}", mark.line + 1, what)};
}

/// Builds the tree while the text is read, so that what is not allowed ends the reading at once.
class TreeBuilder final : public YAML::EventHandler {
public:
    ConfigNode take() { return std::move(root_); }

    void OnDocumentStart(const YAML::Mark& mark) override {
        if (documents_++ > 0) refuseTree(mark, "a second document begins; only one is read");
    }
    void OnDocumentEnd() override {}
    void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {
        refuseAnchor(mark, anchor);
        if (expectsKey()) refuseTree(mark, "a key is empty");
        count(mark);
        place(makeNode(ConfigNode::Kind::Nothing, mark));
    }
    void OnAlias(const YAML::Mark& mark, YAML::anchor_t /*anchor*/) override {
        refuseTree(mark, "aliases ('*name') are not read; write the value out");
    }
    void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  const std::string& value) override {
        refuseAnchor(mark, anchor);
        refuseTag(mark, tag);
        count(mark);
        if (expectsKey()) return takeKey(mark, value);
        ConfigNode node = makeNode(ConfigNode::Kind::Scalar, mark);
        node.scalar = value;
        node.quoted = tag == "!";
        place(std::move(node));
    }
    void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                         YAML::EmitterStyle::value /*style*/) override {
        open(ConfigNode::Kind::List, mark, tag, anchor);
    }
    void OnSequenceEnd() override { close(); }
    void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                    YAML::EmitterStyle::value /*style*/) override {
        open(ConfigNode::Kind::Map, mark, tag, anchor);
    }
    void OnMapEnd() override { close(); }

private:
    /// A mapping or list that is not complete yet, and the key that waits for its value.
    struct Open {
        ConfigNode node;
        std::optional<std::string> key;
        int keyLine = 0;
    };

    [[nodiscard]] bool expectsKey() const {
        return !open_.empty() && open_.back().node.kind == ConfigNode::Kind::Map &&
               !open_.back().key;
    }

    static void refuseAnchor(const YAML::Mark& mark, YAML::anchor_t anchor) {
        if (anchor != YAML::NullAnchor) refuseTree(mark, "anchors ('&name') are not read");
    }
    /// "?" stands for none, "!" for a text in quotes.
    static void refuseTag(const YAML::Mark& mark, const std::string& tag) {
        if (!tag.empty() && tag != "?" && tag != "!")
            refuseTree(mark, "tags ('!name') are not read");
    }

    void count(const YAML::Mark& mark) {
        if (++nodes_ > kMaxConfigNodes)
            refuseTree(mark, fmt::format("there are more than {} values", kMaxConfigNodes));
    }

    [[nodiscard]] static ConfigNode makeNode(ConfigNode::Kind kind, const YAML::Mark& mark) {
        ConfigNode node;
        node.kind = kind;
        node.line = mark.line + 1;
        return node;
    }

    void takeKey(const YAML::Mark& mark, const std::string& key) {
        const bool plain = !key.empty() && key.size() <= kMaxKey &&
                           std::all_of(key.begin(), key.end(), [](unsigned char letter) {
                               return letter > ' ' && letter < 0x7F;
                           });
        if (!plain) refuseTree(mark, "a key must be a plain name");
        if (open_.back().node.find(key) != nullptr)
            refuseTree(mark, fmt::format("'{}' occurs twice", key));
        open_.back().key = key;
        open_.back().keyLine = mark.line + 1;
    }

    void open(ConfigNode::Kind kind, const YAML::Mark& mark, const std::string& tag,
              YAML::anchor_t anchor) {
        refuseAnchor(mark, anchor);
        refuseTag(mark, tag);
        if (expectsKey()) refuseTree(mark, "a key must be a plain name");
        if (open_.size() >= kMaxConfigLevels)
            refuseTree(mark, fmt::format("there are more than {} levels", kMaxConfigLevels));
        count(mark);
        open_.push_back({makeNode(kind, mark), std::nullopt, 0});
    }

    void close() {
        ConfigNode node = std::move(open_.back().node);
        open_.pop_back();
        place(std::move(node));
    }

    void place(ConfigNode node) {
        if (open_.empty()) {
            root_ = std::move(node);
            return;
        }
        Open& parent = open_.back();
        if (parent.key) {
            node.line = parent.keyLine;
            node.key = std::move(*parent.key);
        }
        parent.node.children.push_back(std::move(node));
        parent.key.reset();
    }

    ConfigNode root_;
    std::vector<Open> open_;
    std::size_t nodes_ = 0;
    int documents_ = 0;
};

ConfigNode readTree(std::string_view yaml) {
    std::istringstream stream{std::string(yaml)};
    YAML::Parser parser(stream);
    TreeBuilder builder;
    while (parser.HandleNextDocument(builder)) {
    }
    ConfigNode root = builder.take();
    if (root.kind == ConfigNode::Kind::Nothing) root.kind = ConfigNode::Kind::Map;
    if (root.kind != ConfigNode::Kind::Map)
        throw TreeFault{ErrorCode::InvalidInput, "it must hold keys with values"};
    return root;
}

} // namespace

const ConfigNode* ConfigNode::find(std::string_view wanted) const {
    const auto found = std::find_if(children.begin(), children.end(),
                                    [&](const ConfigNode& child) { return child.key == wanted; });
    return found == children.end() ? nullptr : &*found;
}

Result<ConfigNode> parseConfigTree(std::string_view yaml) {
    if (yaml.size() > kMaxConfigBytes)
        return Error{ErrorCode::LimitExceeded,
                     fmt::format("it is longer than {} KiB", kMaxConfigBytes >> 10)};
    if (firstInvalidUtf8(yaml) || yaml.find('\0') != std::string_view::npos)
        return Error{ErrorCode::InvalidInput, "it is not UTF-8 text"};
    try {
        return readTree(yaml);
    } catch (const TreeFault& fault) {
        return Error{fault.code, fault.message};
    } catch (const YAML::Exception& exception) {
        return Error{ErrorCode::InvalidInput,
                     fmt::format("line {}: it is not valid YAML ({})",
                                 std::max(0, exception.mark.line) + 1, exception.msg)};
    } catch (const std::bad_alloc&) {
        return Error{ErrorCode::OutOfMemory, "there is not enough memory to read it"};
    } catch (const std::exception& exception) {
        return Error{ErrorCode::InvalidInput,
                     fmt::format("it is not valid YAML ({})", exception.what())};
    }
}

std::string quotedYaml(std::string_view text) {
    std::string quoted = "\"";
    for (const char letter : text) {
        if (letter == '"' || letter == '\\') quoted += '\\';
        if (static_cast<unsigned char>(letter) < 0x20 || letter == 0x7F)
            quoted += fmt::format("\\x{:02x}", static_cast<unsigned>(letter));
        else
            quoted += letter;
    }
    return quoted + "\"";
}

} // namespace gesture::training

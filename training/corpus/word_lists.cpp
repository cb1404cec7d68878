// SPDX-License-Identifier: Apache-2.0
#include "training/corpus/word_lists.h"

#include <vector>

namespace gesture::training {

namespace {

constexpr std::string_view kNounsText =
    "house;river;garden;market;train;story;window;teacher;city;letter;mountain;table;doctor;"
    "bridge;farmer;picture;engine;forest;kitchen;morning;paper;station;village;winter;summer;"
    "island;question;answer;captain;number;problem;school;office;weather;music;dinner;camera;"
    "ticket;student;harbour;actor;airport;album;apple;artist;baker;balcony;balloon;banker;barn;"
    "basement;basket;battery;beach;bedroom;bicycle;bird;blanket;boat;bottle;bowl;branch;bread;"
    "brother;builder;bus;butcher;cabin;cake;candle;car;carpet;castle;cat;ceiling;cellar;chair;"
    "chapel;cheese;chef;chicken;church;cinema;clerk;cliff;clock;cloud;coach;coast;coat;coffee;"
    "college;colour;concert;corner;cottage;courtyard;cousin;cow;crowd;cup;curtain;customer;dancer;"
    "daughter;desert;desk;diary;dish;dog;donkey;door;dragon;drawer;dream;dress;driver;drum;editor;"
    "elephant;envelope;expert;factory;falcon;father;fence;ferry;festival;field;film;flag;flower;"
    "fountain;fox;friend;gallery;garage;gate;glass;goat;grandmother;guard;guest;guitar;hall;"
    "hammer;hat;hill;horse;hospital;hotel;hunter;jacket;jar;journal;journey;judge;jungle;kettle;"
    "king;knife;ladder;lady;lake;lamp;lantern;lawyer;lemon;lesson;library;lion;machine;magazine;"
    "manager;map;marriage;mayor;meadow;meal;melody;menu;message;metal;mill;miner;minister;mirror;"
    "monkey;moon;mother;motor;mouse;museum;neighbour;nephew;newspaper;nurse;ocean;orchard;"
    "orchestra;oven;owner;painter;palace;parcel;park;parrot;partner;path;pencil;piano;pilot;"
    "pirate;planet;plate;player;poem;poet;police;pond;potato;present;prince;princess;prison;"
    "programme;queen;rabbit;radio;railway;recipe;report;restaurant;ring;road;robot;rocket;roof;"
    "room;rope;rose;sailor;sandwich;scarf;scientist;scooter;secretary;servant;shadow;sheep;shelf;"
    "ship;shirt;shop;signal;singer;sister;sofa;soldier;song;soup;spider;spoon;square;stable;stage;"
    "statue;stone;storm;stove;stranger;street;suitcase;tailor;teapot;temple;tent;theatre;tiger;"
    "tower;tractor;traveller;treasure;tree;trumpet;tunnel;umbrella;uncle;valley;violin;visitor;"
    "volcano;wagon;waiter;wall;watch;waterfall;wheel;whistle;witness;workshop;writer";

constexpr std::string_view kPluralsText =
    "people;children;neighbours;workers;students;birds;lights;friends;apples;papers;houses;"
    "buildings;numbers;letters;questions;problems;actors;animals;artists;bakers;books;boxes;boys;"
    "bridges;brothers;candles;cats;chairs;clouds;colours;cousins;cows;customers;dancers;doctors;"
    "dogs;doors;drivers;farmers;fields;flowers;gardens;girls;guests;hats;horses;islands;kittens;"
    "lamps;lessons;machines;maps;meetings;mirrors;mountains;musicians;oranges;orders;painters;"
    "parents;pictures;pilots;plants;plates;players;poems;potatoes;puppets;rivers;roads;rooms;"
    "sailors;sheep;ships;shoes;singers;sisters;soldiers;songs;stars;stories;streets;teachers;"
    "tents;tickets;towers;towns;toys;trains;travellers;trees;villages;visitors;watches;windows;"
    "writers";

constexpr std::string_view kAdjectivesText =
    "old;quiet;simple;yellow;modern;heavy;careful;famous;broken;secret;early;useful;strange;"
    "golden;serious;happy;silver;careless;lonely;busy;ancient;angry;awful;beautiful;bitter;blue;"
    "brave;bright;brown;calm;cheap;cheerful;clean;clever;cold;comfortable;common;crazy;crooked;"
    "cruel;curious;damp;dangerous;dark;deep;delicate;delicious;different;difficult;dirty;dry;"
    "dusty;easy;elegant;empty;excellent;exciting;expensive;fair;false;familiar;fancy;favourite;"
    "fierce;final;flat;fragile;free;fresh;friendly;full;funny;generous;gentle;grand;grateful;"
    "green;grey;grim;gloomy;hard;healthy;helpful;hidden;hollow;humble;hungry;innocent;jealous;"
    "jolly;kind;late;lazy;light;local;loud;lovely;loyal;lucky;mad;magic;main;mild;moderate;modest;"
    "mysterious;narrow;nasty;neat;nervous;new;nice;noisy;normal;odd;ordinary;pale;patient;"
    "peaceful;plain;pleasant;polite;poor;popular;powerful;precious;pretty;private;proud;public;"
    "purple;rare;ready;red;remarkable;rich;rotten;rough;royal;rude;rusty;sad;safe;sandy;scary;"
    "sharp;shiny;short;shy;silent;silly;sleepy;smooth;soft;solid;sour;special;splendid;steady;"
    "steep;stiff;straight;striking;strong;stubborn;sudden;sunny;sweet;tasty;tender;terrible;thick;"
    "thin;thirsty;tidy;tired;tough;tricky;ugly;unusual;urgent;usual;valuable;violent;warm;weak;"
    "wealthy;weary;wet;white;wicked;wild;wise;wonderful;wooden;worried;young";

constexpr std::string_view kVerbsText =
    "carried;followed;painted;noticed;opened;repaired;studied;measured;described;visited;answered;"
    "borrowed;collected;discovered;finished;planned;accepted;admired;attacked;avoided;bought;"
    "brought;built;called;caught;chased;checked;chose;cleaned;climbed;closed;counted;covered;"
    "crossed;decorated;defended;delivered;designed;destroyed;dragged;drew;dropped;enjoyed;entered;"
    "examined;expected;explored;filled;fixed;forgot;found;gathered;grabbed;guarded;guided;hated;"
    "helped;hid;ignored;imagined;inspected;invented;invited;joined;kept;kicked;knew;led;lifted;"
    "liked;lost;mentioned;missed;moved;needed;offered;ordered;owned;packed;photographed;picked;"
    "placed;polished;praised;prepared;preferred;promised;protected;pulled;pushed;reached;"
    "recognised;recommended;recorded;refused;rented;replaced;rescued;respected;saved;searched;"
    "selected;served;shared;showed;sold;stole;supported;taught;tested;thanked;touched;traded;"
    "trusted;understood;used;wanted;warned;washed;watched;welcomed;won;wrapped";

constexpr std::string_view kIntransitivesText =
    "waited;worked;listened;travelled;danced;laughed;rested;continued;appeared;disappeared;"
    "changed;stayed;agreed;argued;arrived;ate;bowed;breathed;complained;cooked;coughed;cried;"
    "cycled;decided;dreamed;escaped;exploded;failed;fell;floated;fought;froze;grew;hesitated;"
    "hurried;improved;jumped;left;lied;lived;marched;mattered;nodded;paused;played;prayed;"
    "protested;ran;relaxed;returned;sang;sat;screamed;shivered;shouted;sighed;slept;slipped;"
    "smiled;sneezed;sobbed;spoke;stumbled;succeeded;suffered;survived;swam;talked;trembled;"
    "vanished;vibrated;voted;waved;whispered;won;yawned;yelled";

constexpr std::string_view kAdverbialsText =
    "yesterday;today;tomorrow;later;in the evening;in the morning;after dinner;during the winter;"
    "at the station;near the river;in the village;with the others;for an hour;on Monday;"
    "by the window;without a reason;at midnight;at the market;at the office;behind the house;"
    "beside the lake;by the harbour;during the concert;every evening;for a week;for many years;"
    "from the balcony;in a hurry;in autumn;in secret;in silence;in the garden;in the kitchen;"
    "in the rain;last winter;near the church;on a Sunday;on Friday;on the beach;on the bridge;"
    "on the roof;once again;outside the city;so far;under the table;until midnight;with a smile;"
    "with care;with some friends;without a word";
std::vector<std::string_view> divided(std::string_view text) {
    std::vector<std::string_view> words;
    while (!text.empty()) {
        const std::size_t end = text.find(';');
        words.push_back(text.substr(0, end));
        text.remove_prefix(end == text.npos ? text.size() : end + 1);
    }
    return words;
}

} // namespace

const WordLists& wordLists() {
    static const auto nouns = divided(kNounsText);
    static const auto plurals = divided(kPluralsText);
    static const auto adjectives = divided(kAdjectivesText);
    static const auto verbs = divided(kVerbsText);
    static const auto intransitives = divided(kIntransitivesText);
    static const auto adverbials = divided(kAdverbialsText);
    static const WordLists lists{nouns, plurals, adjectives, verbs, intransitives, adverbials};
    return lists;
}

} // namespace gesture::training

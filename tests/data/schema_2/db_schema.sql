-- 明察 Mingcha：工作库的全部表结构，与程序当前版本一致。
-- 新建工作库时整份执行；旧库由 desktop/storage/migrations.py 逐版升级，测试保证二者结果相同。
-- 文件由 SQLCipher 加密；所有表都是 STRICT。

PRAGMA application_id = 1296254787;  -- 'MCGC'
PRAGMA user_version = 2;

-- ====================================================================================================
-- 一、条目日志（唯一的事实来源：修订、事实、审计、证据流转都在这里，只增不改）
-- ====================================================================================================

-- 流：一个设备节点一次启用所写的条目链。编号 = 节点号.随机启用号
CREATE TABLE stream (
    no        INTEGER PRIMARY KEY,         -- 本库内的短号
    id        TEXT NOT NULL UNIQUE,
    node      TEXT NOT NULL,
    is_forked INTEGER NOT NULL DEFAULT 0 CHECK (is_forked IN (0, 1))  -- 同一序号出现过两个条目（恢复或复制过的机器）
) STRICT;

-- 条目：作者写下的字节，永不改写
CREATE TABLE entry (
    id          INTEGER PRIMARY KEY,
    stream      INTEGER NOT NULL REFERENCES stream (no),
    seq         INTEGER NOT NULL CHECK (seq > 0),
    hash        BLOB NOT NULL CHECK (length(hash) = 32),
    prev        BLOB,
    kind        TEXT NOT NULL,
    record_id   TEXT,
    record_type TEXT,
    owner_id    TEXT,                      -- 证据等所属的记录
    bytes       BLOB NOT NULL,
    UNIQUE (stream, seq, hash)             -- 分叉的两个条目都保留
) STRICT;
CREATE INDEX entry_record ON entry (record_id) WHERE record_id IS NOT NULL;
CREATE INDEX entry_owner ON entry (owner_id) WHERE owner_id IS NOT NULL;
CREATE INDEX entry_kind ON entry (kind) WHERE kind NOT IN ('write', 'log');

-- 部分：条目所写的内容；bytes 为空表示未随包带来，只知道校验值
CREATE TABLE part (
    entry_id INTEGER NOT NULL REFERENCES entry (id),
    name     TEXT NOT NULL,
    salt     BLOB NOT NULL,
    bytes    BLOB,
    PRIMARY KEY (entry_id, name)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER entry_is_never_changed BEFORE UPDATE ON entry
BEGIN SELECT RAISE(ABORT, 'entries are never changed'); END;
CREATE TRIGGER entry_is_never_deleted BEFORE DELETE ON entry
BEGIN SELECT RAISE(ABORT, 'entries are never deleted'); END;
CREATE TRIGGER part_is_only_completed BEFORE UPDATE ON part
WHEN old.bytes IS NOT NULL OR new.bytes IS NULL OR old.entry_id <> new.entry_id OR old.name <> new.name
BEGIN SELECT RAISE(ABORT, 'parts are never changed'); END;
CREATE TRIGGER part_is_never_deleted BEFORE DELETE ON part
BEGIN SELECT RAISE(ABORT, 'parts are never deleted'); END;

-- ====================================================================================================
-- 二、由条目折叠而来的表（可以丢弃重建；列都可为空、不设外键和枚举约束，新版本的值不得使合并中断）
-- ====================================================================================================

-- 记录：每条记录一行，折叠的结果
CREATE TABLE record (
    id         TEXT NOT NULL PRIMARY KEY,
    type       TEXT NOT NULL,
    home       TEXT,                       -- 归口中心（写在首个条目里）
    owner_id   TEXT,
    ctx        TEXT NOT NULL,              -- 现在编辑者所见：{流: [[序号, 校验值]…]}
    heads      TEXT NOT NULL,              -- 有效且未被取代的条目
    held       TEXT NOT NULL,              -- 暂不采用、待中心接受的条目
    contested  TEXT NOT NULL,              -- 有冲突的部分
    missing    INTEGER NOT NULL,           -- 提到而未收到的条目数
    is_deleted INTEGER NOT NULL,
    is_empty   INTEGER NOT NULL            -- 没有任何有效条目（已撤销或暂不采用）
) STRICT, WITHOUT ROWID;
CREATE INDEX record_type ON record (type, id);
CREATE INDEX record_owner ON record (owner_id) WHERE owner_id IS NOT NULL;
CREATE INDEX record_troubled ON record (id) WHERE held <> '[]' OR contested <> '[]' OR missing > 0;

-- 冲突：同一部分有两个以上的值
CREATE TABLE conflict (
    record_id  TEXT NOT NULL,
    part       TEXT NOT NULL,
    candidates TEXT NOT NULL,              -- 写下各值的条目校验值
    PRIMARY KEY (record_id, part)
) STRICT, WITHOUT ROWID;

-- 机关概况
CREATE TABLE office (
    id TEXT NOT NULL,
    name TEXT,        -- 名称
    short TEXT,       -- 简称
    region_code TEXT, -- 行政区划代码 GB/T 2260
    number_word TEXT, -- 文号代字
    PRIMARY KEY (id)
) STRICT;

-- 单位
CREATE TABLE unit (
    id TEXT NOT NULL,
    name TEXT,              -- 名称
    short TEXT,             -- 简称
    kind TEXT,              -- 类型
    region_code TEXT,       -- 行政区划代码 GB/T 2260
    uscc TEXT,              -- 统一社会信用代码 GB 32100
    parent_id TEXT,         -- 上级单位
    sort_no INTEGER,        -- 行政序列号
    is_enforcement INTEGER, -- 执法部门
    contact TEXT,           -- 联系人
    phone TEXT,             -- 电话（任务包中不带）
    PRIMARY KEY (id)
) STRICT;

-- 考核分组
CREATE TABLE unit_group (
    id TEXT NOT NULL,
    name TEXT,        -- 名称
    year INTEGER,     -- 年度
    sort_no INTEGER,  -- 行政序列号
    unit_ids TEXT,    -- 成员单位
    PRIMARY KEY (id)
) STRICT;

-- 人员
CREATE TABLE person (
    id TEXT NOT NULL,
    name TEXT,        -- 名称
    gender TEXT,      -- 性别
    phone TEXT,       -- 电话（任务包中不带）
    PRIMARY KEY (id)
) STRICT;

-- 任职
CREATE TABLE post (
    id TEXT NOT NULL,
    person_id TEXT,   -- 人员
    unit_id TEXT,     -- 单位
    title TEXT,       -- 职务或标题
    role TEXT,        -- 身份：主要领导、分管领导、责任人、经办人、联络员、督查员、组长、督查室主任
    from_date TEXT,   -- 起
    to_date TEXT,     -- 止
    basis TEXT,       -- 依据
    sort_no INTEGER,  -- 在本单位内的顺序；空为按身份排列
    PRIMARY KEY (id)
) STRICT;

-- 目标类别
CREATE TABLE category (
    id TEXT NOT NULL,
    code TEXT,        -- 代码或督查码
    name TEXT,        -- 名称
    alias TEXT,       -- 别称
    sort_no INTEGER,  -- 行政序列号
    PRIMARY KEY (id)
) STRICT;

-- 责任目标
CREATE TABLE target (
    id TEXT NOT NULL,
    code TEXT,             -- 代码或督查码
    name TEXT,             -- 名称
    category_id TEXT,      -- 目标类别
    unit_id TEXT,          -- 单位
    level TEXT,            -- 省定、市定、单位自定
    kind TEXT,             -- 类型
    measure_unit TEXT,     -- 计量单位
    direction TEXT,        -- 正向、反向
    year INTEGER,          -- 年度
    sort_no INTEGER,       -- 行政序列号
    is_key INTEGER,        -- 重点目标
    is_livelihood INTEGER, -- 民生实事
    baseline TEXT,         -- 基准值（上年实绩），十进制文本
    target_value TEXT,     -- 目标值
    stretch TEXT,          -- 奋斗目标
    adjusted_value TEXT,   -- 调整值（现行）
    adjusted_on TEXT,      -- 调整日期
    adjusted_basis TEXT,   -- 调整依据
    weight TEXT,           -- 权重（分值）
    method TEXT,           -- 计分方法
    params TEXT,           -- 计分参数
    certifier TEXT,        -- 认定单位
    data_source TEXT,      -- 数据来源
    PRIMARY KEY (id)
) STRICT;

-- 检查表
CREATE TABLE checklist (
    id TEXT NOT NULL,
    code TEXT,         -- 代码或督查码
    version TEXT,      -- 版本
    name TEXT,         -- 名称
    mode TEXT,         -- 督查方式：明查、暗访、明暗结合
    object TEXT,       -- 适用对象
    category TEXT,     -- 目标类别
    note TEXT,         -- 说明
    content_hash TEXT, -- 内容校验值
    items TEXT,        -- 检查项
    status TEXT,       -- 状态
    PRIMARY KEY (id)
) STRICT;

-- 点位（项目库）
CREATE TABLE site (
    id TEXT NOT NULL,
    name TEXT,        -- 名称
    kind TEXT,        -- 类型
    unit_id TEXT,     -- 单位
    address TEXT,     -- 地址
    contact TEXT,     -- 联系人
    lat_udeg INTEGER, -- 纬度，百万分之一度
    lon_udeg INTEGER, -- 经度，百万分之一度
    PRIMARY KEY (id)
) STRICT;

-- 督查方案
CREATE TABLE plan (
    id TEXT NOT NULL,
    title TEXT,       -- 职务或标题
    kind TEXT,        -- 类型
    content TEXT,     -- 内容
    basis TEXT,       -- 依据
    approver TEXT,    -- 批准人
    approved_on TEXT, -- 批准日期
    filing_no TEXT,   -- 报备号
    year INTEGER,     -- 年度
    PRIMARY KEY (id)
) STRICT;

-- 督查任务
CREATE TABLE mission (
    id TEXT NOT NULL,
    plan_id TEXT,       -- 督查方案
    no TEXT,            -- 编号
    title TEXT,         -- 职务或标题
    cover_name TEXT,    -- 对外名称
    mode TEXT,          -- 督查方式：明查、暗访、明暗结合
    period_type TEXT,   -- 月检查、季分析、半年、抽样、专项、回头看
    starts_on TEXT,     -- 开始日期
    ends_on TEXT,       -- 结束日期
    depart_at TEXT,     -- 出发时间
    code TEXT,          -- 代码或督查码
    nonce TEXT,         -- 中心签发的随机数（时间下限）
    is_regular INTEGER, -- 定期
    is_sealed INTEGER,  -- 封存
    leader TEXT,        -- 组长
    route TEXT,         -- 路线
    team TEXT,          -- 督查组成员
    visits TEXT,        -- 检查对象：[{visit, unit, site, checklist}]
    seal TEXT,          -- 封存内容（密文）
    status TEXT,        -- 状态
    PRIMARY KEY (id)
) STRICT;

-- 现场检查
CREATE TABLE visit (
    id TEXT NOT NULL,
    mission_id TEXT,            -- 督查任务
    unit_id TEXT,               -- 单位
    site_id TEXT,               -- 点位
    checklist_id TEXT,          -- 检查表
    checklist_hash TEXT,        -- 检查表内容校验值
    planned_on TEXT,            -- 计划日期
    mode TEXT,                  -- 督查方式：明查、暗访、明暗结合
    n INTEGER,                  -- 第几次移交
    holders TEXT,               -- 持有本次检查的设备节点
    header_mission_id TEXT,     -- 督查任务
    header_unit_id TEXT,        -- 单位
    header_site_id TEXT,        -- 点位
    header_checklist_id TEXT,   -- 检查表
    header_checklist_hash TEXT, -- 检查表内容校验值
    header_mode TEXT,           -- 督查方式：明查、暗访、明暗结合
    check_type TEXT,            -- 检查类别
    status TEXT,                -- 状态
    started_at TEXT,            -- 开始时间
    ended_at TEXT,              -- 结束时间
    identity_shown_at TEXT,     -- 亮明身份时间
    accompany TEXT,             -- 陪同人
    unit_rep TEXT,              -- 单位代表
    unit_rep_phone TEXT,        -- 单位代表电话
    leader TEXT,                -- 组长
    conclusion TEXT,            -- 检查结论及问题摘要
    unit_opinion TEXT,          -- 被检查单位意见
    refused_reason TEXT,        -- 拒签原因
    witness TEXT,               -- 见证人
    remark TEXT,                -- 备注
    is_from_paper INTEGER,      -- 补录
    team TEXT,                  -- 督查组成员
    review_status TEXT,         -- 状态
    decided_by TEXT,            -- 审定人
    decided_on TEXT,            -- 审定日期
    review_remark TEXT,         -- 备注
    leader_score_e4 INTEGER,    -- 适用分不足60时组长裁定的得分，万分之一分
    approved_vetoes TEXT,       -- 已批准生效的否决：检查项号
    PRIMARY KEY (id)
) STRICT;

-- 检查结果（现场检查的部分 answer/<检查项号>）
CREATE TABLE answer (
    visit_id TEXT NOT NULL,     -- 现场检查
    key TEXT NOT NULL,          -- 检查项号或唯一号
    facts TEXT,                 -- 事实描述
    is_applicable INTEGER,      -- 适用
    deduct_e4 INTEGER,          -- 扣分，万分之一分
    is_veto_hit INTEGER,        -- 触发否决
    is_fixed_on_site INTEGER,   -- 立行立改
    inputs TEXT,                -- 测量值
    evidence_ids TEXT,          -- 证据
    PRIMARY KEY (visit_id, key)
) STRICT;

-- 暗访时序记录（部分 observation/<号>）
CREATE TABLE observation (
    visit_id TEXT NOT NULL,     -- 现场检查
    key TEXT NOT NULL,          -- 检查项号或唯一号
    at TEXT,                    -- 时间
    place TEXT,                 -- 地点
    fact TEXT,                  -- 观察到的事实
    person_desc TEXT,           -- 人员特征（不写姓名）
    duration_s INTEGER,         -- 持续时间，秒
    is_good INTEGER,            -- 正面情况
    evidence_ids TEXT,          -- 证据
    PRIMARY KEY (visit_id, key)
) STRICT;

-- 签字（部分 signature/<号>）
CREATE TABLE signature (
    visit_id TEXT NOT NULL,     -- 现场检查
    key TEXT NOT NULL,          -- 检查项号或唯一号
    signer TEXT,                -- 签字人
    role TEXT,                  -- 身份：主要领导、分管领导、责任人、经办人、联络员、督查员、组长、督查室主任
    at TEXT,                    -- 时间
    checklist_hash TEXT,        -- 检查表内容校验值
    text_sha256 TEXT,           -- 所签文本的 SHA-256
    refusal TEXT,               -- 拒签原因（拒签时没有笔迹）
    picture TEXT,               -- 手写签名图，PNG 的 base64
    covers TEXT,                -- 所签内容：{部分: 校验值}
    evidence TEXT,              -- 所签证据：[sha256]
    strokes TEXT,               -- 笔迹：[[[x, y, 毫秒, 压力]…]…]，均为整数
    witnesses TEXT,             -- 拒签时在场的检查人员
    PRIMARY KEY (visit_id, key)
) STRICT;

-- 谈话记录（部分 interview/<号>）
CREATE TABLE interview (
    visit_id TEXT NOT NULL,     -- 现场检查
    key TEXT NOT NULL,          -- 检查项号或唯一号
    started_at TEXT,            -- 开始时间
    ended_at TEXT,              -- 结束时间
    place TEXT,                 -- 地点
    recorder TEXT,              -- 记录人
    person TEXT,                -- 被谈话人姓名或代号
    gender TEXT,                -- 性别
    age TEXT,                   -- 年龄
    post TEXT,                  -- 单位职务
    phone TEXT,                 -- 电话
    matter TEXT,                -- 事由
    notice_answer TEXT,         -- 对告知事项的回答
    closing TEXT,               -- 结束语：看过或已宣读
    refusal TEXT,               -- 拒签原因
    interviewers TEXT,          -- 谈话人，两人以上
    dialogue TEXT,              -- 问答：[{q, a}]
    witnesses TEXT,             -- 拒签时在场的检查人员
    PRIMARY KEY (visit_id, key)
) STRICT;

-- 证据
CREATE TABLE evidence (
    id TEXT NOT NULL,
    owner_id TEXT,           -- 所属的现场检查
    sha256 TEXT,             -- 原件 SHA-256
    name TEXT,               -- 名称
    name_raw TEXT,           -- 原文件名（原样）
    mime TEXT,               -- 内容类型
    kind TEXT,               -- 类型
    capture_mode TEXT,       -- 取得方式：现场拍摄、设备导入、文件导入、纸质扫描
    taken_in_at TEXT,        -- 入库时间
    source_modified_at TEXT, -- 来源文件修改时间
    mismatch TEXT,           -- 扩展名与内容不符的说明
    size INTEGER,            -- 大小，字节
    item TEXT,               -- 检查项
    caption TEXT,            -- 说明
    place TEXT,              -- 地点
    taken_by TEXT,           -- 拍摄人
    taken_at TEXT,           -- 取得时间
    proves TEXT,             -- 证明内容
    is_dropped INTEGER,      -- 不再使用
    status TEXT,             -- 状态
    observations TEXT,       -- 元数据观察值
    parent_id TEXT,          -- 由哪份证据制作
    parent_sha256 TEXT,      -- 原件 SHA-256（制作时）
    derivation_kind TEXT,    -- 制作方式：标注、遮盖
    tool TEXT,               -- 制作工具及版本
    steps TEXT,              -- 制作步骤
    recording_id TEXT,       -- 所属的录音录像
    source TEXT,             -- 录制设备
    started_at TEXT,         -- 本段开始时间
    segment INTEGER,         -- 第几段，从 1 起
    duration_ms INTEGER,     -- 时长，毫秒
    is_complete INTEGER,     -- 录制是否在本段正常结束
    before_id TEXT,          -- 整改前的照片（本件为整改后）
    PRIMARY KEY (id)
) STRICT;

CREATE INDEX post_person ON post (person_id);
CREATE INDEX post_unit ON post (unit_id);
CREATE INDEX target_unit ON target (year, unit_id);
CREATE INDEX visit_mission ON visit (mission_id);
CREATE INDEX evidence_owner ON evidence (owner_id);
CREATE INDEX evidence_sha256 ON evidence (sha256);
CREATE INDEX evidence_before ON evidence (before_id) WHERE before_id IS NOT NULL;

-- ====================================================================================================
-- 三、本机的表（不随包走）
-- ====================================================================================================

-- 设置
CREATE TABLE setting (
    key   TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL CHECK (json_valid(value))
) STRICT, WITHOUT ROWID;

-- 本节点的密钥（库文件整体加密）
CREATE TABLE node_secret (
    one     INTEGER PRIMARY KEY CHECK (one = 1),
    node    TEXT NOT NULL,
    signing TEXT NOT NULL,
    receive TEXT NOT NULL
) STRICT;

-- 口令槽位对应的人员
CREATE TABLE login (
    login     TEXT NOT NULL PRIMARY KEY,
    person_id TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- 设备节点：本节点、已登记的节点、所属中心
CREATE TABLE node (
    id          TEXT NOT NULL PRIMARY KEY,
    kind        TEXT NOT NULL CHECK (kind IN ('office', 'field')),
    name        TEXT NOT NULL,
    card        BLOB NOT NULL,             -- 节点卡，含自签名
    fingerprint TEXT NOT NULL,
    status      TEXT NOT NULL CHECK (status IN ('own', 'enrolled', 'revoked')),
    revoked     TEXT CHECK (revoked IS NULL OR json_valid(revoked))  -- 停用的密钥及各流最后可信位置
) STRICT, WITHOUT ROWID;

-- 信任名单：中心签名，序号最大者有效
CREATE TABLE trust_list (
    office    TEXT NOT NULL PRIMARY KEY,
    serial    INTEGER NOT NULL CHECK (serial > 0),
    bytes     BLOB NOT NULL,
    signature BLOB NOT NULL
) STRICT, WITHOUT ROWID;

-- 草稿：正在录入、尚未成为条目的内容；落盘即“已保存”
CREATE TABLE draft (
    record_id   TEXT NOT NULL,
    record_type TEXT NOT NULL,
    part        TEXT NOT NULL,
    bytes       BLOB NOT NULL,
    base_ctx    TEXT NOT NULL,             -- 录入者打开时所见
    owner       TEXT CHECK (owner IS NULL OR json_valid(owner)),
    at_ms       INTEGER NOT NULL,
    PRIMARY KEY (record_id, part)
) STRICT, WITHOUT ROWID;

-- 启封后的督查任务内容（只在本机）
CREATE TABLE opened_secret (
    mission_id TEXT NOT NULL PRIMARY KEY,
    bytes      BLOB NOT NULL,
    at_ms      INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- 对象：证据原件的密文文件
CREATE TABLE object (
    sha256        TEXT NOT NULL PRIMARY KEY CHECK (length(sha256) = 64),
    size          INTEGER NOT NULL CHECK (size >= 0),
    state         TEXT NOT NULL CHECK (state IN ('have', 'wanted', 'pruned', 'corrupt')),
    cipher_sha256 TEXT                     -- 密文校验值：锁着的库也能查坏损
) STRICT, WITHOUT ROWID;

-- 图片特征：查找相似照片时的提示，由原件算出，可以丢弃重算；为空表示看不出内容或无法解码
CREATE TABLE picture_hash (
    sha256 TEXT NOT NULL PRIMARY KEY CHECK (length(sha256) = 64),
    bits   INTEGER                         -- 63 位，分四段建索引，相差不超过 7 位的两张照片必有一段至多差 1 位
) STRICT;
CREATE INDEX picture_hash_band_1 ON picture_hash (bits & 65535);
CREATE INDEX picture_hash_band_2 ON picture_hash ((bits >> 16) & 65535);
CREATE INDEX picture_hash_band_3 ON picture_hash ((bits >> 32) & 65535);
CREATE INDEX picture_hash_band_4 ON picture_hash ((bits >> 48) & 65535);

-- 数据包：收到的与发出的，清单、签名、索引永久保存并转交
CREATE TABLE package (
    manifest_sha256 TEXT NOT NULL PRIMARY KEY CHECK (length(manifest_sha256) = 64),
    package_id      TEXT NOT NULL,
    kind            TEXT NOT NULL,
    direction       TEXT NOT NULL CHECK (direction IN ('in', 'out', 'relayed')),
    sender          TEXT NOT NULL,
    stream          TEXT NOT NULL,         -- 发包节点当时的流
    dest            TEXT NOT NULL,
    seq             INTEGER NOT NULL,
    prev            TEXT,
    state           TEXT NOT NULL CHECK (state IN ('planned', 'written', 'applied', 'set_aside', 'acknowledged')),
    file_name       TEXT,
    file_sha256     TEXT,
    size            INTEGER,
    at_ms           INTEGER NOT NULL,
    manifest        BLOB NOT NULL,
    signature       BLOB NOT NULL,
    contents        BLOB                   -- 索引对象：包内各条目的（流，序号，校验值）
) STRICT, WITHOUT ROWID;
CREATE INDEX package_stream ON package (stream, dest, seq);  -- 不唯一：分叉的两个包都要能存
CREATE INDEX package_file ON package (file_sha256) WHERE file_sha256 IS NOT NULL;

-- 分卷：数据包的各个文件。发出的，写完（sealed）并读回（written）才算；收到的，未齐（kept）时密文原样存于 inbox/
CREATE TABLE volume (
    manifest_sha256 TEXT NOT NULL CHECK (length(manifest_sha256) = 64),
    number          INTEGER NOT NULL CHECK (number > 0),
    file_name       TEXT NOT NULL,
    file_sha256     TEXT NOT NULL CHECK (length(file_sha256) = 64),
    size            INTEGER NOT NULL CHECK (size > 0),
    state           TEXT NOT NULL CHECK (state IN ('sealed', 'written', 'kept', 'merged')),
    at_ms           INTEGER NOT NULL,
    PRIMARY KEY (manifest_sha256, number)
) STRICT, WITHOUT ROWID;
CREATE INDEX volume_file ON volume (file_sha256);

-- 待齐的数据包：还缺分卷，到齐之前什么都不采用
CREATE TABLE waiting_package (
    manifest_sha256 TEXT NOT NULL PRIMARY KEY CHECK (length(manifest_sha256) = 64),
    package_id      TEXT NOT NULL,
    kind            TEXT NOT NULL,
    sender          TEXT NOT NULL,
    stream          TEXT NOT NULL,
    seq             INTEGER NOT NULL,
    volumes         INTEGER NOT NULL CHECK (volumes > 1),
    at_ms           INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- 已用的包序号：先落盘、后写包，永不重用
CREATE TABLE package_seq (
    stream TEXT NOT NULL,
    dest   TEXT NOT NULL,
    seq    INTEGER NOT NULL,
    PRIMARY KEY (stream, dest, seq)
) STRICT, WITHOUT ROWID;

-- 一次导入最先带来的条目范围（撤销导入时恰好作废这些）
CREATE TABLE introduced (
    manifest_sha256 TEXT NOT NULL REFERENCES package (manifest_sha256),
    stream          TEXT NOT NULL,
    first           INTEGER NOT NULL,
    last            INTEGER NOT NULL,
    tip             TEXT NOT NULL,
    PRIMARY KEY (manifest_sha256, stream, first, tip)
) STRICT, WITHOUT ROWID;

-- 发送台账：哪个包把哪些条目发给了谁
CREATE TABLE sent (
    manifest_sha256 TEXT NOT NULL REFERENCES package (manifest_sha256),
    stream          TEXT NOT NULL,
    first           INTEGER NOT NULL,
    last            INTEGER NOT NULL,
    PRIMARY KEY (manifest_sha256, stream, first)
) STRICT, WITHOUT ROWID;

-- 签收回执：对方对每个包的答复
CREATE TABLE receipt (
    manifest_sha256 TEXT NOT NULL,
    node            TEXT NOT NULL,         -- 签收的节点
    stream          TEXT NOT NULL,
    seq             INTEGER NOT NULL,
    state           TEXT NOT NULL CHECK (state IN ('received', 'applied', 'set_aside', 'quarantined')),
    wanted          TEXT NOT NULL CHECK (json_valid(wanted)),
    held            TEXT NOT NULL CHECK (json_valid(held)),
    durable         TEXT CHECK (durable IS NULL OR json_valid(durable)),
    at_ms           INTEGER NOT NULL,
    PRIMARY KEY (manifest_sha256, node)
) STRICT, WITHOUT ROWID;

-- 待查区：不能采用的文件，连同原因原样保存，程序从不删除
CREATE TABLE quarantine (
    file_sha256 TEXT NOT NULL PRIMARY KEY CHECK (length(file_sha256) = 64),
    file_name   TEXT NOT NULL,
    stored_name TEXT NOT NULL,
    reason      TEXT NOT NULL,
    problem     TEXT NOT NULL,
    advice      TEXT NOT NULL,
    sender      TEXT,
    stream      TEXT,
    seq         INTEGER,
    manifest_sha256 TEXT,
    state       TEXT NOT NULL CHECK (state IN ('waiting', 'ready', 'applied')),
    at_ms       INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

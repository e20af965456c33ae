// Invented people for screens without a core. Any likeness is chance.

export const places = [
  {
    country: "IN",
    zone: "Asia/Kolkata",
    languages: "en,ml",
    cities: ["Bengaluru", "Pune"],
    given: ["Priya", "Arjun", "Meera", "Kiran"],
    family: ["Nair", "Rao", "Menon", "Kulkarni"],
  },
  {
    country: "NG",
    zone: "Africa/Lagos",
    languages: "en,yo",
    cities: ["Lagos", "Ibadan"],
    given: ["Chidi", "Oluwaseun", "Ngozi", "Tunde"],
    family: ["Okafor", "Adé", "Eze", "Balogun"],
  },
  {
    country: "JP",
    zone: "Asia/Tokyo",
    languages: "ja",
    cities: ["東京", "京都"],
    given: ["美", "健太", "さくら", "蓮"],
    family: ["林", "佐藤", "高橋", "伊藤"],
    familyFirst: true,
  },
  {
    country: "PL",
    zone: "Europe/Warsaw",
    languages: "pl,en",
    cities: ["Kraków", "Łódź"],
    given: ["Tomasz", "Zofia", "Michał", "Ewa"],
    family: ["Kowalski", "Wiśniewska", "Zieliński", "Dąbrowska"],
  },
  {
    country: "MA",
    zone: "Africa/Casablanca",
    languages: "ar,fr",
    cities: ["Rabat", "Fès"],
    given: ["محمد", "ليلى", "يوسف", "سلمى"],
    family: ["الفاسي", "بنعلي", "العلوي", "المريني"],
  },
  {
    country: "PT",
    zone: "Europe/Lisbon",
    languages: "pt",
    cities: ["Porto", "Lisboa"],
    given: ["Ana", "Rui", "Inês", "João"],
    family: ["Ribeiro", "Sousa", "Carvalho", "Magalhães"],
  },
  {
    country: "CL",
    zone: "America/Santiago",
    languages: "es",
    cities: ["Santiago", "Valdivia"],
    given: ["Diego", "Antonia", "Ignacio", "Ximena"],
    family: ["Paz", "Muñoz", "Rojas", "Peña"],
  },
  {
    country: "DK",
    zone: "Europe/Copenhagen",
    languages: "da,en",
    cities: ["Aarhus", "København"],
    given: ["Mei-Ling", "Søren", "Asta", "Jørgen"],
    family: ["Østergård", "Kjær", "Nørgaard", "Bøgh"],
  },
  {
    country: "BR",
    zone: "America/Sao_Paulo",
    languages: "pt-BR",
    cities: ["Recife", "São Paulo"],
    given: ["Jo", "Luísa", "Caetano", "Iara"],
    family: ["Duarte", "Araújo", "Conceição", "Brandão"],
  },
  {
    country: "VN",
    zone: "Asia/Ho_Chi_Minh",
    languages: "vi",
    cities: ["Huế", "Hà Nội"],
    given: ["Thị Hương", "Văn Đức", "Ngọc Ánh", "Quốc Bảo"],
    family: ["Nguyễn", "Trần", "Lê", "Phạm"],
    familyFirst: true,
  },
  {
    country: "KR",
    zone: "Asia/Seoul",
    languages: "ko",
    cities: ["서울", "부산"],
    given: ["지훈", "서연", "민준", "하은"],
    family: ["박", "김", "이", "최"],
    familyFirst: true,
  },
  {
    country: "UA",
    zone: "Europe/Kyiv",
    languages: "uk",
    cities: ["Львів", "Київ"],
    given: ["Олена", "Тарас", "Ірина", "Богдан"],
    family: ["Шевченко", "Коваль", "Бондар", "Мельник"],
  },
  {
    country: "GR",
    zone: "Europe/Athens",
    languages: "el",
    cities: ["Πάτρα", "Αθήνα"],
    given: ["Ελένη", "Νίκος", "Δήμητρα", "Γιώργος"],
    family: ["Παππάς", "Νικολάου", "Γεωργίου", "Βλάχος"],
  },
  {
    country: "DE",
    zone: "Europe/Berlin",
    languages: "de,en",
    cities: ["Leipzig", "Köln"],
    given: ["Lena", "Jürgen", "Nele", "Björn"],
    family: ["Fischer", "Größe", "Krämer", "Weiß"],
  },
  {
    country: "GH",
    zone: "Africa/Accra",
    languages: "en,tw",
    cities: ["Accra", "Kumasi"],
    given: ["Kofi", "Ama", "Kwame", "Efua"],
    family: ["Mensah", "Owusu", "Boateng", "Asante"],
  },
  {
    country: "IL",
    zone: "Asia/Jerusalem",
    languages: "he,en",
    cities: ["חיפה", "תל אביב"],
    given: ["נועה", "איתי", "תמר", "עומר"],
    family: ["לוי", "כהן", "מזרחי", "פרידמן"],
  },
] as const;

export const organisations = [
  "Acme",
  "Initech",
  "Globex",
  "Fjord Data",
  "Nube",
  "Maré",
  "Kola",
  "東京大学",
  "한빛",
  "Sông",
  "Atlas Labs",
  "Accra Dev",
  "Größe GmbH",
  "Hooli Sample",
  null,
  null,
] as const;

export const stacks = [
  "Rust",
  "Go",
  "TypeScript",
  "Kafka",
  "Postgres",
  "WASM",
  "embedded",
  "S3",
  "Python",
  "Elixir",
] as const;
export const topics = ["docs", "telemetry", "retries", "community", "queues", "testing"] as const;

export const notes = [
  "Retry docs unclear. Their SDK drops the first error when the queue is full.",
  "Wants to compare with what they have now.\nSends numbers next week.",
  "Came with three colleagues and stayed for questions.",
  "Asked how to batch writes; pointed at the guide.",
  "Runs it on two boards in the garage.",
  null,
  null,
] as const;

/** The same numbers every time, so that pictures can be compared. */
export function dice(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 4294967296;
  };
}

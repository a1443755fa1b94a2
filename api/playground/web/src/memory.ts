/** Storage that ends with the page: nothing of what was asked or answered stays in the browser. */
export function memoryStorage(first: Record<string, string>): Storage {
  const items = new Map(Object.entries(first));
  return {
    getItem: (key) => items.get(key) ?? null,
    setItem: (key, value) => void items.set(key, value),
    removeItem: (key) => void items.delete(key),
    clear: () => items.clear(),
    key: (index) => [...items.keys()][index] ?? null,
    get length() {
      return items.size;
    },
  };
}

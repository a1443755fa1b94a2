import "./imports.css";
import { createRoot } from "react-dom/client";
import { ImportPage } from "./ImportPage";

const page = document.getElementById("page");
if (page) createRoot(page).render(<ImportPage />);
